package dev.cpra.probes;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cpra.manifest.kind.TcpConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Whatever a peer says, a TCP check ends once, with an outcome, and holds no buffer after. Without
/// fuzzing the kept inputs are replayed.
final class TcpAnswerFuzzTest {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long BYTES_MAX = 4L * TcpProbe.READ_MAX;

  private static final List<TcpConfig> CHECKS =
      List.of(
          new TcpConfig("127.0.0.1", 25, null, "220 ready", 0),
          new TcpConfig("127.0.0.1", 6379, "PING\r\n", "+PONG", 1),
          new TcpConfig("127.0.0.1", 22, "x", null, 0),
          TcpConfig.connect("127.0.0.1", 22));

  @FuzzTest(maxDuration = "1m")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anyAnswerEndsTheCheckOnce(byte[] input) {
    FuzzedWire.Input script = FuzzedWire.Input.of(input);
    FuzzedWire wire = new FuzzedWire(BYTES_MAX);
    wire.run(new TcpProbe(CHECKS.get(script.choice(CHECKS.size())), TIMEOUT_NANOS), script);
    wire.closeAndLookForLeaks();
  }
}
