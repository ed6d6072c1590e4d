package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.reload.ConfigWatch.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigWatchTest {
  @TempDir Path folder;

  private final AtomicReference<String> print = new AtomicReference<>("1");
  private final ConfigWatch watch = new ConfigWatch(() -> String.valueOf(print.get()), 100);

  @Test
  void aChangeIsToldOnceItHasBeenQuiet() {
    assertThat(watch.look(0)).isNull();
    print.set("2");
    assertThat(watch.look(1_000)).isNull();
    assertThat(watch.look(1_099)).isNull();
    print.set("3");
    assertThat(watch.look(1_100)).isNull();
    assertThat(watch.look(1_199)).isNull();
    assertThat(watch.look(1_200)).isEqualTo(Cause.CHANGED);
    assertThat(watch.look(9_999)).isNull();
  }

  @Test
  void aChangeThatIsTakenBackIsNone() {
    print.set("2");
    assertThat(watch.look(0)).isNull();
    print.set("1");
    assertThat(watch.look(50)).isNull();
    assertThat(watch.look(500)).isNull();
  }

  @Test
  void whoAsksNeedNotWait() {
    watch.ask();
    watch.ask();
    assertThat(watch.look(0)).isEqualTo(Cause.ASKED);
    assertThat(watch.look(1)).isNull();

    print.set("2");
    watch.ask();
    assertThat(watch.look(2)).isEqualTo(Cause.ASKED);
    assertThat(watch.look(1_000)).isNull();
  }

  @Test
  void filesDifferByContentPlaceAndNumber() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "x");
    String first = FilePrint.of(folder);
    assertThat(FilePrint.of(folder)).isEqualTo(first);

    Files.writeString(folder.resolve("notes.txt"), "no manifest");
    assertThat(FilePrint.of(folder)).isEqualTo(first);

    Files.writeString(file, "xy");
    String longer = FilePrint.of(folder);
    assertThat(longer).isNotEqualTo(first);

    Path other = Files.writeString(folder.resolve("b.new"), "zz");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    String replaced = FilePrint.of(folder);
    assertThat(replaced).isNotEqualTo(longer);

    Files.writeString(folder.resolve("c.yaml"), "x");
    assertThat(FilePrint.of(folder)).isNotEqualTo(replaced);

    Files.delete(folder.resolve("c.yaml"));
    Files.delete(file);
    assertThat(FilePrint.of(folder)).isNotEqualTo(replaced);
  }
}
