package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return attached(heartbeats, token);
  }

  private static Probe attached(Heartbeats heartbeats, Secret token) {
    Probe probe =
        ProbeKinds.standard(heartbeats)
            .pulse(new HeartbeatConfig(token, 60 * SECOND), Checks.AMPLE.toNanos());
    probe.attach();
    return probe;
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
  void aReloadKeepsWhatWasHeard() {
    var _ = probe(TOKEN);
    now.addAndGet(50 * SECOND);
    assertThat(Checks.run(loops, probe(TOKEN)).ok()).isTrue();
    assertThat(heartbeats.silentNanos(TOKEN)).isEqualTo(50 * SECOND);
    now.addAndGet(11 * SECOND);
    assertThat(Checks.run(loops, probe(TOKEN)).ok()).isFalse();
  }

  /// Kills a restart that forgives a silent job, one that fails a job that called in time, and one
  /// that lets a new job's grace begin anew for ever.
  @Test
  void aRestartGoesOnFromWhatWasHeard() {
    Map<String, Long> kept = new HashMap<>();
    Heartbeats first = new Heartbeats(now::get, kept, kept::put);
    var _ = attached(first, TOKEN);
    assertThat(kept).hasSize(1).doesNotContainKey(TOKEN.value()).containsValue(now.get());
    now.addAndGet(50 * SECOND);
    Heartbeats second = new Heartbeats(now::get, kept, kept::put);
    Probe again = attached(second, TOKEN);
    now.addAndGet(11 * SECOND);
    assertThat(Checks.run(loops, again).reason()).isEqualTo(Reason.SILENT);
    assertThat(second.beat(TOKEN.value())).isTrue();

    now.addAndGet(30 * SECOND);
    Heartbeats third = new Heartbeats(now::get, kept, kept::put);
    Probe last = attached(third, TOKEN);
    assertThat(Checks.run(loops, last).ok()).isTrue();
    now.addAndGet(31 * SECOND);
    assertThat(Checks.run(loops, last).reason()).isEqualTo(Reason.SILENT);
    assertThat(kept).hasSize(1);
  }

  /// Kills a preparation that lets a job call although its monitor never runs.
  @Test
  void onlyAnAttachedProbeLetsItsJobCall() {
    Probe probe =
        ProbeKinds.standard(heartbeats)
            .pulse(new HeartbeatConfig(TOKEN, 60 * SECOND), Checks.AMPLE.toNanos());
    assertThat(heartbeats.beat(TOKEN.value())).isFalse();
    assertThat(Checks.run(loops, probe).ok()).as("its grace begins").isTrue();
    probe.attach();
    now.addAndGet(61 * SECOND);
    assertThat(Checks.run(loops, probe).ok()).isFalse();
    probe.attach();
    assertThat(Checks.run(loops, probe).ok()).as("once more is no call").isFalse();
    assertThat(heartbeats.beat(TOKEN.value())).isTrue();
    assertThat(Checks.run(loops, probe).ok()).isTrue();
  }

  /// Kills a token that outlives its monitor, one that is forgotten although it is waited for, and
  /// a silence that is held against a job that nobody waited for.
  @Test
  void onlyTokensThatAreWaitedForAreKept() {
    Secret other = new Secret("another-token-of-it");
    Map<String, Long> kept = new HashMap<>();
    var _ = attached(new Heartbeats(now::get, kept, kept::put), TOKEN);
    Heartbeats second = new Heartbeats(now::get, kept, (_, _) -> {});
    now.addAndGet(50 * SECOND);
    var _ = attached(second, TOKEN);
    var _ = attached(second, other);
    now.addAndGet(20 * SECOND);
    second.retain(List.of(other));
    assertThat(second.beat(TOKEN.value())).isFalse();
    assertThat(second.silentNanos(TOKEN)).isEqualTo(-1);
    assertThat(second.silentNanos(other)).isEqualTo(20 * SECOND);
    assertThat(second.beat(other.value())).isTrue();

    Probe back = attached(second, TOKEN);
    assertThat(second.silentNanos(TOKEN)).isZero();
    assertThat(Checks.run(loops, back).ok()).isTrue();
  }
}
