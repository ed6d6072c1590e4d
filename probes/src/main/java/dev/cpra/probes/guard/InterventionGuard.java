package dev.cpra.probes.guard;

import dev.cpra.manifest.Durations;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.policy.Maintenance;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.probes.guard.Verdict.Rule;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether an intervention may be done. Used by one thread.
///
/// What is refused spends nothing. A dry run spends as the real thing would, so that its log says
/// what would have happened.
public final class InterventionGuard {
  /// Most groups that have a budget at once. One that is asked for beyond that is refused, unless
  /// an untouched one makes room.
  public static final int GROUPS_MAX = 10_000;

  private final Safety safety;
  private final List<Maintenance> maintenance;
  private final Breaker breaker;
  private final Budget fleet;
  private final Map<String, Budget> groups = new HashMap<>();
  private boolean on = true;

  /// With untouched budgets.
  ///
  /// @param breaker what is known of the targets, by the policy's rules for it
  public InterventionGuard(Policy policy, Breaker breaker) {
    this.safety = policy.safety();
    this.maintenance = policy.maintenance();
    this.breaker = breaker;
    this.fleet = new Budget(safety.fleet());
  }

  /// What it is told of targets.
  public Breaker breaker() {
    return breaker;
  }

  /// The global switch, beside the manifest's own; both must be on.
  public void turn(boolean toOn) {
    on = toOn;
  }

  /// Counts one that was done before this guard existed, oldest first, on the clock of [#decide]:
  /// attempts stay bounded over restarts.
  public void recall(MonitorSpec monitor, long whenNanos) {
    var _ = fleet.take(whenNanos);
    for (String group : new LinkedHashSet<>(monitor.groups())) {
      Budget budget = budget(group, whenNanos);
      if (budget != null) {
        var _ = budget.take(whenNanos);
      }
    }
  }

  /// One that was allowed at this time was not done after all: nothing was spent for it.
  public void takeBack(MonitorSpec monitor, long whenNanos) {
    fleet.giveBack(whenNanos);
    for (String group : new LinkedHashSet<>(monitor.groups())) {
      Budget budget = groups.get(group);
      if (budget != null) {
        budget.giveBack(whenNanos);
      }
    }
  }

  /// May it be done now? If so it counts as done.
  ///
  /// @param nowNanos on a clock that does not jump
  /// @param wall the same instant, for windows
  public Verdict decide(MonitorSpec monitor, long nowNanos, Instant wall) {
    if (!on || !safety.enabled()) {
      return refused(
          Rule.OFF,
          on
              ? "interventions are switched off in the manifest"
              : "interventions are switched off by hand");
    }
    Maintenance window = Maintenance.find(maintenance, monitor, wall);
    if (window != null) {
      return refused(Rule.MAINTENANCE, "of maintenance: " + window.reason());
    }
    var _ = breaker.tick(nowNanos);
    if (breaker.isOpen()) {
      return refused(
          Rule.BREAKER,
          "too many targets fail at once: " + breaker.failing() + " of " + breaker.watched());
    }
    if (fleet.left(nowNanos) == 0) {
      return spent(Rule.FLEET_BUDGET, "the fleet's", safety.fleet(), fleet.waitNanos(nowNanos));
    }
    Set<String> memberOf = new LinkedHashSet<>(monitor.groups());
    Verdict refusal = groups(memberOf, nowNanos);
    if (refusal != null) {
      return refusal;
    }
    var _ = fleet.take(nowNanos);
    for (String group : memberOf) {
      Budget budget = groups.get(group);
      if (budget != null) {
        var _ = budget.take(nowNanos);
      }
    }
    return safety.dryRun()
        ? refused(Rule.DRY_RUN, "this is a dry run; it would be allowed")
        : new Verdict(Rule.ALLOWED, "allowed");
  }

  private @Nullable Verdict groups(Set<String> memberOf, long nowNanos) {
    for (String group : memberOf) {
      Budget budget = budget(group, nowNanos);
      if (budget == null) {
        return refused(
            Rule.GROUP_BUDGET, "more than " + GROUPS_MAX + " groups have budgets in use");
      }
      if (budget.left(nowNanos) == 0) {
        return spent(
            Rule.GROUP_BUDGET, "group " + group + "'s", limit(group), budget.waitNanos(nowNanos));
      }
    }
    return null;
  }

  private @Nullable Budget budget(String group, long nowNanos) {
    Budget known = groups.get(group);
    if (known != null) {
      return known;
    }
    if (groups.size() >= GROUPS_MAX) {
      groups
          .entrySet()
          .removeIf(entry -> entry.getValue().left(nowNanos) == limit(entry.getKey()).most());
      if (groups.size() >= GROUPS_MAX) {
        return null;
      }
    }
    Budget made = new Budget(limit(group));
    groups.put(group, made);
    return made;
  }

  private Safety.Limit limit(String group) {
    return safety.groups().getOrDefault(group, safety.eachGroup());
  }

  private static Verdict spent(Rule rule, String whose, Safety.Limit limit, long waitNanos) {
    return refused(
        rule,
        whose
            + " budget of "
            + limit.most()
            + " in "
            + Durations.format(limit.perNanos())
            + " is spent; the next in "
            + Durations.format(waitNanos));
  }

  private static Verdict refused(Rule rule, String why) {
    return new Verdict(rule, "refused because " + why);
  }
}
