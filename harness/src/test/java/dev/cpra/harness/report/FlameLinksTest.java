package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.FlameLinks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlameLinksTest {
  private static final FlameLinks.Link ONE =
      new FlameLinks.Link("ecs-cpu.html", "ecs-cpu.jfr", "ecs, cpu <by> ctimer");

  @TempDir private Path folder;

  @Test
  void aReportLinksTheFlameGraphsOfItsLoadBesideIt() throws Exception {
    Evaluation evaluation = EvaluationFixture.twoVariants(1);
    new FlameLinks(evaluation.load(), List.of(ONE)).write(folder);
    var _ = Reports.write(evaluation, folder);
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("href=\"flames/ecs-cpu.html\"")
        .contains("href=\"flames/ecs-cpu.jfr\"")
        .contains("ecs, cpu &lt;by&gt; ctimer");
    assertThat(folder.resolve("report.md")).content().contains("(flames/ecs-cpu.html)");
  }

  @Test
  void thoseOfAnotherLoadAreNotLinked() throws Exception {
    new FlameLinks("another", List.of(ONE)).write(folder);
    var _ = Reports.write(EvaluationFixture.twoVariants(1), folder);
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("flames/");
    assertThat(Files.readString(folder.resolve("report.md"))).doesNotContain("flames/");
  }

  @Test
  void aGraphWrittenAnewTakesItsOldLinksPlace() throws Exception {
    FlameLinks.Link anew = new FlameLinks.Link(ONE.graph(), null, "newer");
    FlameLinks.Link other = new FlameLinks.Link("other.html", null, "other");
    FlameLinks links = new FlameLinks("l", List.of(ONE)).with(other).with(anew);
    links.write(folder);
    assertThat(FlameLinks.read(folder)).isEqualTo(links);
    assertThat(links.links()).containsExactly(other, anew);
  }

  @Test
  void aFolderWithoutGraphsHasNoLinks() throws Exception {
    assertThat(FlameLinks.read(folder)).isNull();
  }
}
