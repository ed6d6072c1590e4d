package dev.cpra.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlameGraphsTest {
  @TempDir private Path folder;

  @Test
  void aFlameGraphHoldsItsFramesAndTitle() throws Exception {
    Path file = folder.resolve("g.html");
    FlameGraphs.write(Stacks.parse(List.of("[engine];A.tick_[j] 7")), "the title", file);
    assertThat(Files.readString(file))
        .contains("the title")
        .contains("A.tick")
        .contains("[engine]");
  }

  @Test
  void aDifferenceMarksFramesThatCostMoreAndThoseThatAreNew() throws Exception {
    Path file = folder.resolve("d.html");
    Stacks before = Stacks.parse(List.of("[engine];A.same_[j] 100"));
    Stacks after = Stacks.parse(List.of("[engine];A.same_[j] 160", "[engine];A.fresh_[j] 40"));
    FlameGraphs.writeDifference(before, after, "d", file);
    assertThat(Files.readString(file)).contains("d=60").contains("d=U").contains("A.fresh");
  }

  @Test
  void aPlatformWithoutALibraryIsToldWhichOnesHaveOne() {
    assertThatThrownBy(() -> ProfilerLibrary.extract("Windows 11", "amd64", folder))
        .isInstanceOf(ProfilerUnavailableException.class)
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("Linux");
    assertThatThrownBy(() -> ProfilerLibrary.extract("Linux", "riscv64", folder))
        .isInstanceOf(ProfilerUnavailableException.class)
        .hasMessageContaining("riscv64");
  }

  @Test
  void theLibraryOfAKnownPlatformIsExtracted() throws Exception {
    assertThat(ProfilerLibrary.extract("Linux", "aarch64", folder)).isNotEmptyFile();
  }
}
