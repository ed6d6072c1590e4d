package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cpra.daemon.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HangupTest {
  private static final int SIGHUP = 1;

  /// Tests of hang-ups are skipped under nohup: a signal that is ignored when a process starts
  /// stays ignored in its children, JVMs included.
  static void assumeHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElseThrow()
              .substring("SigIgn:".length())
              .strip();
      long bit = 1L << (SIGHUP - 1);
      assumeTrue((Long.parseUnsignedLong(ignored, 16) & bit) == 0, "SIGHUP is ignored here");
    }
  }

  @Test
  void eachHangupIsHeard() throws IOException, InterruptedException {
    assumeHeard();
    AtomicInteger heard = new AtomicInteger();
    // Without a handler the signal would end this JVM.
    assertThat(Hangup.handle(heard::incrementAndGet)).isTrue();
    for (int i = 1; i <= 2; i++) {
      int wanted = i;
      String pid = Long.toString(ProcessHandle.current().pid());
      assertThat(new ProcessBuilder("kill", "-HUP", pid).inheritIO().start().waitFor()).isZero();
      Await.until("the signal is heard", () -> heard.get() >= wanted);
    }
    assertThat(heard).hasValue(2);
  }
}
