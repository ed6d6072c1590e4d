package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.core.Changes;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.MonitorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadsTest {
  @TempDir Path folder;

  private final List<Changes> done = new CopyOnWriteArrayList<>();

  private Path write(String monitor, String host) throws IOException {
    return Files.writeString(
        folder.resolve("m.yaml"),
        "monitors: [{name: "
            + monitor
            + ", pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: \""
            + host
            + "\", port: 1}}}]\n");
  }

  private static Configuration read(Reloads reloads) {
    LoadResult loaded = reloads.load();
    assertThat(loaded.report()).isEmpty();
    return Configuration.of(loaded);
  }

  /// Kills a start that looks at its files only when it is over.
  @Test
  void whatChangesDuringTheStartIsNoticed() throws IOException {
    try (Reloads reloads = Reloads.of(write("a", "h"), LoadOptions.defaults())) {
      Configuration first = read(reloads);
      write("other", "h");
      reloads.start(first, done::add, null);
      Await.until("the change is brought", () -> !done.isEmpty());
    }
    assertThat(done.getFirst().added()).extracting(MonitorSpec::name).containsExactly("other");
    assertThat(done.getFirst().removed()).containsExactly("a");
  }

  /// Kills a start that SIGHUP ends, and one that forgets it.
  @Test
  void aHangupDuringTheStartIsRemembered() throws IOException, InterruptedException {
    HangupTest.assumeHeard();
    Path secret = Files.writeString(folder.resolve("secret"), "one");
    Path manifest = write("a", "${file:" + secret + "}");
    try (Reloads reloads = Reloads.of(manifest, LoadOptions.defaults())) {
      Configuration first = read(reloads);
      Files.writeString(secret, "two"); // which no look at the manifest tells
      String pid = Long.toString(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("kill", "-HUP", pid).inheritIO().start().waitFor()).isZero();
      reloads.start(first, done::add, null);
      Await.until("it is read again", () -> !done.isEmpty());
    }
    assertThat(done.getFirst().changed()).extracting(MonitorSpec::name).containsExactly("a");
  }

  /// Kills a thread that an Error ends: nothing would ever be reloaded again.
  @Test
  void anErrorIsNotTheEnd() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    Reloader.Running running =
        changes -> {
          if (tries.incrementAndGet() == 1) {
            throw new StackOverflowError("a defect");
          }
          done.add(changes);
        };
    try (Reloads reloads = Reloads.of(write("a", "h"), LoadOptions.defaults())) {
      reloads.start(read(reloads), running, null);
      write("other", "h");
      Await.until("it fails", () -> tries.get() == 1);
      write("another", "h");
      Await.until("the next change is brought", () -> !done.isEmpty());
    }
    assertThat(done.getFirst().added()).extracting(MonitorSpec::name).containsExactly("another");
    assertThat(done.getFirst().removed()).as("what runs").containsExactly("a");
  }
}
