package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VitalsTest {
  /// Sets every field, one after the other, in a random order and to random values.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachFieldHoldsItsValueWhateverTheOthersHold(long seed) {
    Random random = new Random(seed);
    long vitals = Vitals.INITIAL;
    int phase = 0;
    int run = 0;
    int expiries = 0;
    int attempts = 0;
    int verifyLeft = 0;
    long flags = 0;
    for (int i = 0; i < 200_000; i++) {
      int value = random.nextInt(Vitals.COUNTER_MAX + 1);
      switch (random.nextInt(6)) {
        case 0 -> {
          phase = value & 3;
          vitals = Vitals.withPhase(vitals, phase);
        }
        case 1 -> {
          run = random.nextBoolean() ? value : -value;
          vitals = Vitals.withRun(vitals, run);
        }
        case 2 -> {
          expiries = value;
          vitals = Vitals.withExpiries(vitals, expiries);
        }
        case 3 -> {
          attempts = value;
          vitals = Vitals.withAttempts(vitals, attempts);
        }
        case 4 -> {
          verifyLeft = value;
          vitals = Vitals.withVerifyLeft(vitals, verifyLeft);
        }
        default -> {
          long flag = Long.highestOneBit(Vitals.FLAGS & (random.nextLong() | Vitals.PAUSED));
          flags ^= flag;
          vitals ^= flag;
        }
      }
      assertThat(Vitals.phase(vitals)).isEqualTo(phase);
      assertThat(Vitals.run(vitals)).isEqualTo(run);
      assertThat(Vitals.streak(vitals)).isEqualTo(Math.max(run, 0));
      assertThat(Vitals.failures(vitals)).isEqualTo(Math.max(-run, 0));
      assertThat(Vitals.expiries(vitals)).isEqualTo(expiries);
      assertThat(Vitals.attempts(vitals)).isEqualTo(attempts);
      assertThat(Vitals.verifyLeft(vitals)).isEqualTo(verifyLeft);
      assertThat(vitals & Vitals.FLAGS).isEqualTo(flags);
      assertThat(vitals & ~Vitals.STATE_MASK).isZero();
    }
  }

  @Test
  void countersSaturate() {
    long vitals = Vitals.FLAGS;
    for (int value : new int[] {Vitals.COUNTER_MAX, 1_024, 2_047, 4_096, Integer.MAX_VALUE}) {
      assertThat(Vitals.streak(Vitals.withRun(vitals, value))).isEqualTo(Vitals.COUNTER_MAX);
      assertThat(Vitals.failures(Vitals.withRun(vitals, -value))).isEqualTo(Vitals.COUNTER_MAX);
      assertThat(Vitals.expiries(Vitals.withExpiries(vitals, value))).isEqualTo(Vitals.COUNTER_MAX);
      assertThat(Vitals.attempts(Vitals.withAttempts(vitals, value))).isEqualTo(Vitals.COUNTER_MAX);
      assertThat(Vitals.verifyLeft(Vitals.withVerifyLeft(vitals, value)))
          .isEqualTo(Vitals.COUNTER_MAX);
      assertThat(Vitals.withRun(vitals, value) & Vitals.FLAGS).isEqualTo(Vitals.FLAGS);
    }
  }

  @Test
  void countersReachAboveEveryThreshold() {
    assertThat(Vitals.COUNTER_MAX).isGreaterThan(MonitorRules.COUNT_MAX);
  }

  @Test
  void aHealthyMonitorUsesOnlyTheLowBits() {
    MonitorRules rules = MonitorRules.of(1, 1);
    long vitals = Vitals.INITIAL;
    for (int i = 0; i < 5_000; i++) {
      vitals = Lifecycle.pulseDispatched(Lifecycle.pulseWaits(vitals));
      assertThat(vitals & ~Vitals.HOT_MASK).isZero();
      vitals = Lifecycle.pulseOk(vitals, rules);
      assertThat(vitals & ~Vitals.HOT_MASK).isZero();
    }
  }

  @Test
  void masksDoNotOverlapAndCoverTheState() {
    int state = Long.bitCount(Vitals.STATE_MASK);
    assertThat(Long.bitCount(Vitals.HOT_MASK) + Long.bitCount(Vitals.RARE_MASK)).isEqualTo(state);
    assertThat(Long.bitCount(Lifecycle.EFFECTS)).isEqualTo(64 - state);
    assertThat(
            Vitals.withAttempts(Vitals.withExpiries(Vitals.withVerifyLeft(0, 1_023), 1_023), 1_023))
        .isEqualTo(Vitals.RARE_MASK);
  }

  @Test
  void wordsNameWhatIsSet() {
    assertThat(Vitals.describe(Vitals.INITIAL)).isEqualTo("idle");
    long all = Vitals.withPhase(Vitals.FLAGS, Vitals.INTERVENTION_DUE);
    all = Vitals.withVerifyLeft(Vitals.withAttempts(Vitals.withExpiries(all, 2), 3), 4);
    assertThat(Vitals.describe(Vitals.withRun(all, -1)))
        .isEqualTo(
            "intervention-due paused warned incident verifying unknown alerted waiting"
                + " failures=1 expiries=2 attempts=3 verify-left=4");
    assertThat(Vitals.describe(Vitals.withRun(Vitals.PULSE_IN_FLIGHT, 7)))
        .isEqualTo("pulse-in-flight streak=7");
    assertThat(Vitals.describe(Vitals.INTERVENTION_IN_FLIGHT)).isEqualTo("intervention-in-flight");
  }
}
