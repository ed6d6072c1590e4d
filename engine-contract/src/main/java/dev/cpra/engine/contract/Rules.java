package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.SECOND;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;

/// Rules that many scenarios start from.
final class Rules {
  /// Every colour, deliveries within 10 s, five retries, no reminder.
  static final AlertRules ALL_CODES = new AlertRules(Code.ALL_MASK, 10 * SECOND, 5, 0);

  /// A pulse every 10 s with 2 s for it; U and H are 1; no intervention, no alerts.
  static final MonitorRules PLAIN = MonitorRules.of(10 * SECOND, 2 * SECOND);

  /// The same with every colour.
  static final MonitorRules ALERTING = PLAIN.withAlerts(ALL_CODES);

  /// The same with one attempt of 5 s, a retry delay of 15 s, and two verifying pulses.
  static final MonitorRules REPAIRING = ALERTING.withIntervention(repair(1, 15 * SECOND, 2));

  private Rules() {}

  static InterventionRules repair(int attempts, long retryDelayNanos, int verify) {
    return new InterventionRules(5 * SECOND, attempts, retryDelayNanos, verify);
  }

  static AlertRules only(Code... codes) {
    return new AlertRules(Code.mask(codes), 10 * SECOND, 5, 0);
  }
}
