package dev.cpra.simulator;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;

/// How long things may take at most when nothing goes wrong any more. Stateless.
final class Bounds {
  private Bounds() {}

  /// The longest timeout of any job of a monitor.
  static long longestTimeoutNanos(MonitorRules rules) {
    InterventionRules repair = rules.intervention();
    long longest = Math.max(rules.timeoutNanos(), rules.alerts().timeoutNanos());
    return repair == null ? longest : Math.max(longest, repair.timeoutNanos());
  }

  /// Within this time a monitor whose jobs all end well is well and has nothing left to say: what
  /// was in flight expires; an intervention that was due waits, runs and settles, once; then V, H
  /// or a few pulses pass; and each of eight alerts may wait out its backoff and be delivered.
  ///
  /// @param graceNanos the engine's
  /// @param busyNanos how long a job may wait for its lane and its worker
  static long recoveryNanos(MonitorRules rules, long graceNanos, long busyNanos) {
    InterventionRules repair = rules.intervention();
    long longest = longestTimeoutNanos(rules) + graceNanos + busyNanos;
    long repairing = repair == null ? 0 : 2 * repair.retryDelayNanos() + 2 * longest;
    long pulses = 2L + Math.max(rules.verify(), rules.healthyThreshold());
    long checking = pulses * (rules.intervalNanos() + longest);
    long alerting = 9 * (longest + AlertRules.backoffNanos(rules.alerts().retries() + 1));
    return longest + repairing + checking + alerting;
  }
}
