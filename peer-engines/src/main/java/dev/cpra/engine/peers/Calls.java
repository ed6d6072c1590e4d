package dev.cpra.engine.peers;

import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Vitals;

/// What an owner's calls do to a monitor at the start of a tick. Stateless.
final class Calls {
  private Calls() {}

  /// @param rule the rules' id, taken into use
  static void update(
      Register register, Watched one, int rule, PulseLane pulses, InterventionLane interventions) {
    MonitorRules before = one.rules;
    MonitorRules now = register.rules.get(rule);
    int oldRule = one.ruleId;
    one.rules = now;
    one.ruleId = rule;
    register.rules.release(oldRule);
    pulses.rulesChanged(one);
    if (before.intervalNanos() != now.intervalNanos()) {
      long slot =
          Lifecycle.regrid(one.slot, before.intervalNanos(), now.intervalNanos(), register.now);
      if (slot != one.slot) {
        pulses.schedule(one, slot);
      }
    }
    if (now.intervention() == null && one.phase() == Vitals.INTERVENTION_DUE) {
      interventions.giveUp(one);
      register.store(one, Lifecycle.interventionGivenUp(one.vitals));
    }
    interventions.rulesChanged(one, before);
    if (one.trouble != null && !CodeLane.reminds(now)) {
      one.trouble.remindNanos = 0;
    }
    one.tidy();
  }

  static void pause(
      Register register, Watched one, PulseLane pulses, InterventionLane interventions) {
    if (one.has(Vitals.PAUSED)) {
      return;
    }
    pulses.miss(one);
    if (one.phase() == Vitals.INTERVENTION_DUE) {
      interventions.giveUp(one);
    }
    register.store(one, Lifecycle.pause(one.vitals));
    one.tidy();
  }

  static void resume(Register register, Watched one, CodeLane codes) {
    if (one.has(Vitals.PAUSED)) {
      register.store(one, Lifecycle.resume(one.vitals));
      codes.checkReminder(one);
      one.tidy();
    }
  }
}
