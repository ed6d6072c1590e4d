package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.TcpConfig;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RehearsalTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  @Test
  void aScriptIsReadInAnyOrderAndWhatIsLeftOutHasADefault() {
    assertThat(Rehearsal.parse("seed=9,failure=0.5,p99=2s,p50=1ms"))
        .isEqualTo(new Rehearsal(0.5, MILLI, 2 * SECOND, 9));
    assertThat(Rehearsal.parse("seed=9"))
        .isEqualTo(new Rehearsal(0.001, 20 * MILLI, 200 * MILLI, 9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fail=1", "failure", "failure=x", "failure=2", "p50=1", "p50=2s,p99=1s"})
  void whatIsNoScriptIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> Rehearsal.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  /// Kills latencies that are not log-normal by these two figures, and failures of another share.
  @Test
  void sharesAndPercentilesAreThoseOfTheScript() {
    Rehearsal script = new Rehearsal(0.02, 20 * MILLI, 900 * MILLI, 5);
    int jobs = 100_000;
    long[] latencies = new long[jobs];
    int failed = 0;
    for (int i = 0; i < jobs; i++) {
      long hash = script.hash(i % 1_000, i / 1_000);
      latencies[i] = script.latencyNanos(hash);
      failed += Rehearsal.fails(hash, script.failure()) ? 1 : 0;
    }
    Arrays.sort(latencies);
    assertThat(latencies[jobs / 2] / 20e6).isCloseTo(1, within(0.05));
    assertThat(latencies[jobs / 100 * 99] / 900e6).isCloseTo(1, within(0.1));
    assertThat(failed / (double) jobs).isCloseTo(0.02, within(0.003));
  }

  @Test
  void anotherSeedIsAnotherScript() {
    Rehearsal one = new Rehearsal(0.5, MILLI, SECOND, 1);
    assertThat(one.hash(7, 8)).isEqualTo(new Rehearsal(0.1, 5, 6, 1).hash(7, 8));
    assertThat(one.hash(7, 8))
        .isNotEqualTo(new Rehearsal(0.5, MILLI, SECOND, 2).hash(7, 8))
        .isNotEqualTo(one.hash(8, 7));
  }

  @Test
  void aRunEndsAsTheScriptHasItWithoutATarget() throws Exception {
    ProbeKinds fails = new Rehearsal(1, MILLI, MILLI, 1).kinds();
    ProbeKinds slow = new Rehearsal(0, 3_600 * SECOND, 3_600 * SECOND, 1).kinds();
    ProbeKinds well = new Rehearsal(0, MILLI, MILLI, 1).kinds();
    try (ProbeLoops loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime)) {
      Probe failing = fails.pulse(HttpConfig.get("http://nobody.invalid/"), SECOND);
      CheckResult failed = loops.run(failing, 0, 0).get(20, TimeUnit.SECONDS);
      assertThat(failed.reason()).isEqualTo(Reason.STATUS);
      assertThat(failed.totalNanos()).isGreaterThanOrEqualTo(MILLI);
      Probe endless = slow.pulse(TcpConfig.connect("nobody.invalid", 1), 50 * MILLI);
      assertThat(loops.run(endless, 0, 0).get(20, TimeUnit.SECONDS).reason())
          .isEqualTo(Reason.TIMEOUT);
      Probe answers = well.pulse(TcpConfig.connect("nobody.invalid", 1), SECOND);
      assertThat(loops.run(answers, 0, 0).get(20, TimeUnit.SECONDS).ok()).isTrue();
    }
  }
}
