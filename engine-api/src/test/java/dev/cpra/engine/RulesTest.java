package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Ranges of rules and limits, and the words that refuse what lies outside.
class RulesTest {
  private static final long DAYS_400 = 400L * 86_400 * 1_000_000_000;

  private static void refused(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void durationsArePositiveAndAtMost400Days() {
    refused("interval: expected 1 to " + DAYS_400 + ", found 0", () -> MonitorRules.of(0, 1));
    refused("interval", () -> MonitorRules.of(DAYS_400 + 1, 1));
    refused("timeout", () -> MonitorRules.of(1, -5));
    assertThat(MonitorRules.of(1, 1).intervalNanos()).isEqualTo(1);
    assertThat(MonitorRules.of(DAYS_400, DAYS_400).timeoutNanos()).isEqualTo(DAYS_400);
  }

  @Test
  void thresholdsAreFromOneToAThousand() {
    MonitorRules rules = MonitorRules.of(1, 1);
    refused("unhealthy_threshold", () -> rules.withThresholds(0, 1));
    refused("healthy_threshold", () -> rules.withThresholds(1, 1_001));
    refused("calm", () -> rules.withCalm(0));
    assertThat(rules.withThresholds(1_000, 1_000).withCalm(1_000).calm()).isEqualTo(1_000);
  }

  @Test
  void interventionsHaveRangesToo() {
    refused("intervention timeout", () -> new InterventionRules(0, 1, 0, 1));
    refused("max_failures", () -> new InterventionRules(1, 0, 0, 1));
    refused("retry_delay", () -> new InterventionRules(1, 1, -1, 1));
    refused("verify", () -> new InterventionRules(1, 1, 0, 1_001));
    assertThat(new InterventionRules(1, 1_000, DAYS_400, 1_000).verify()).isEqualTo(1_000);
  }

  @Test
  void alertsHaveRangesToo() {
    refused("codes", () -> new AlertRules(1 << Code.COUNT, 1, 0, 0));
    refused("alert timeout", () -> new AlertRules(0, 0, 0, 0));
    refused("alert retries", () -> new AlertRules(0, 1, 31, 0));
    refused("alert retries", () -> new AlertRules(0, 1, -1, 0));
    refused("remind", () -> new AlertRules(0, 1, 0, -1));
    assertThat(new AlertRules(Code.ALL_MASK, 1, 30, DAYS_400).retries()).isEqualTo(30);
  }

  @Test
  void limitsHaveRangesToo() {
    refused("max monitors", () -> new EngineLimits(0, 1, 1, 1_000, 0));
    refused("max monitors", () -> EngineLimits.of(EngineLimits.MONITORS_MAX + 1));
    refused("max rules", () -> new EngineLimits(1, 0, 1, 1_000, 0));
    refused("max calls", () -> new EngineLimits(1, 1, 0, 1_000, 0));
    refused("tick", () -> EngineLimits.of(1).withTick(999));
    refused("tick", () -> EngineLimits.of(1).withTick(10_000_000_001L));
    refused("grace", () -> EngineLimits.of(1).withGrace(-1));
    refused("queue", () -> LaneLimits.of(0));
    refused("batch", () -> new LaneLimits(1, 0, 2));
    refused("outcome batches", () -> new LaneLimits(1, 1, 1));
    assertThat(EngineLimits.of(EngineLimits.MONITORS_MAX).maxRules())
        .isEqualTo(EngineLimits.MONITORS_MAX);
    assertThat(EngineLimits.of(7).maxRules()).isEqualTo(14);
  }

  @Test
  void withoutAnInterventionThereAreNoAttemptsAndHVerifies() {
    MonitorRules rules = MonitorRules.of(1, 1).withThresholds(2, 7);
    assertThat(rules.maxAttempts()).isZero();
    assertThat(rules.verify()).isEqualTo(7);
    MonitorRules repairing = rules.withIntervention(new InterventionRules(1, 3, 0, 4));
    assertThat(repairing.maxAttempts()).isEqualTo(3);
    assertThat(repairing.verify()).isEqualTo(4);
  }

  @Test
  void changedCopiesChangeOneThing() {
    MonitorRules rules = MonitorRules.of(5, 6);
    InterventionRules repair = new InterventionRules(1, 3, 0, 4);
    AlertRules alerts = new AlertRules(1, 2, 3, 4);
    assertThat(
            rules
                .withInterval(50)
                .withThresholds(2, 3)
                .withCalm(4)
                .withIntervention(repair)
                .withAlerts(alerts))
        .isEqualTo(new MonitorRules(50, 6, 2, 3, 4, repair, alerts));
  }

  @Test
  void codesHaveBitsAndMasks() {
    assertThat(Code.mask()).isZero();
    assertThat(Code.mask(Code.values())).isEqualTo(Code.ALL_MASK);
    for (Code code : Code.values()) {
      assertThat(Code.of(code.ordinal())).isEqualTo(code);
      assertThat(Code.mask(code)).isEqualTo(code.bit());
    }
    assertThat(Code.COUNT).isLessThanOrEqualTo(8);
  }

  @Test
  void anUnknownEngineIsRefusedWithTheKnownOnes() {
    refused("engine: expected one of [", () -> EngineProvider.named("no-such-engine"));
  }

  @Test
  void anUnknownOptionIsRefusedWithTheKnownOnes() {
    EngineProvider provider =
        new EngineProvider() {
          @Override
          public String name() {
            return "sample";
          }

          @Override
          public Map<String, String> options() {
            return Map.of("batch", "1 to 65536", "index", "wheel | scan");
          }

          @Override
          public Engine create(
              EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions t) {
            throw new UnsupportedOperationException();
          }
        };
    provider.refuseUnknown(Map.of("batch", "3"));
    refused("[batch, index]", () -> provider.refuseUnknown(Map.of("size", "3")));
  }
}
