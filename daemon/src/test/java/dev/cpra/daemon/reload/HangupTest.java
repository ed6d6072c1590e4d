package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.Await;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HangupTest {
  @Test
  void eachHangupIsHeard() throws IOException, InterruptedException {
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
