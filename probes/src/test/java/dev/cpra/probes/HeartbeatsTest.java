package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Secret TOKEN = new Secret("nobody-guesses-this");
  private static ProbeLoops loops;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 100 * SECOND);
  private final Heartbeats heartbeats = new Heartbeats(now::get);

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private Probe probe(Secret token) {
    return ProbeKinds.standard(heartbeats)
        .pulse(new HeartbeatConfig(token, 60 * SECOND), Checks.AMPLE.toNanos());
  }

  @Test
  void silenceBeyondTheGraceIsTheFailureAndABeatEndsIt() {
    Probe probe = probe(TOKEN);
    assertThat(Checks.run(loops, probe).reason()).isEqualTo(Reason.OK);
    now.addAndGet(60 * SECOND);
    assertThat(Checks.run(loops, probe).reason()).isEqualTo(Reason.OK);
    now.addAndGet(1);
    CheckResult silent = Checks.run(loops, probe);
    assertThat(silent.reason()).isEqualTo(Reason.SILENT);
    assertThat(silent.text()).isEqualTo("silent for 60 s, expected a call within 60");

    assertThat(heartbeats.beat(TOKEN.value())).isTrue();
    assertThat(Checks.run(loops, probe).reason()).isEqualTo(Reason.OK);
    // Beyond the clock's own end, where it turns negative.
    now.addAndGet(61 * SECOND);
    assertThat(Checks.run(loops, probe).reason()).isEqualTo(Reason.SILENT);
  }

  @Test
  void aBeatIsForItsOwnTokenAlone() {
    Probe mine = probe(TOKEN);
    Probe other = probe(new Secret("another-token-of-it"));
    now.addAndGet(61 * SECOND);
    assertThat(heartbeats.beat("another-token-of-it")).isTrue();
    assertThat(Checks.run(loops, other).ok()).isTrue();
    assertThat(Checks.run(loops, mine).ok()).isFalse();
    for (String wrong :
        new String[] {"", "nobody-guesses-thi", "nobody-guesses-thiS", "x".repeat(1 << 20), "é"}) {
      assertThat(heartbeats.beat(wrong)).isFalse();
    }
    assertThat(Checks.run(loops, mine).ok()).isFalse();
  }

  @Test
  void aReloadKeepsWhatWasHeardAndARestartTakesItOver() {
    var _ = probe(TOKEN);
    now.addAndGet(50 * SECOND);
    assertThat(Checks.run(loops, probe(TOKEN)).ok()).isTrue();
    assertThat(heartbeats.silentNanos(TOKEN)).isEqualTo(50 * SECOND);
    now.addAndGet(11 * SECOND);
    assertThat(Checks.run(loops, probe(TOKEN)).ok()).isFalse();

    Heartbeats restarted = new Heartbeats(now::get);
    restarted.restore(TOKEN, 61 * SECOND);
    Probe after =
        ProbeKinds.standard(restarted)
            .pulse(new HeartbeatConfig(TOKEN, 60 * SECOND), Checks.AMPLE.toNanos());
    assertThat(Checks.run(loops, after).reason()).isEqualTo(Reason.SILENT);
  }

  @Test
  void aRemovedTokenIsUnknown() {
    var _ = probe(TOKEN);
    heartbeats.remove(TOKEN);
    assertThat(heartbeats.beat(TOKEN.value())).isFalse();
    assertThat(heartbeats.silentNanos(TOKEN)).isEqualTo(-1);
  }
}
