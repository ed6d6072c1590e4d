package dev.cpra.harness.targets;

import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.load.Targets.Heals;
import dev.cpra.manifest.load.Targets.State;
import dev.cpra.manifest.load.Targets.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which alerts and interventions a target's script demands of a monitor, worked out from script
/// and rules alone, without an engine: the lifecycle's table read as a story.
///
/// A bad time that is long enough for U checks to fail demands yellow, then every attempt of the
/// intervention, then red; one that surely is too short demands yellow alone; both demand green
/// when the target is well for long enough. What depends on where in its interval a check happens
/// to fall is left open: the story ends there, as undecided.
final class DemandedAlerts {
  /// One thing demanded.
  ///
  /// @param word `intervention`, or `raised` and a colour, as the journal writes it
  /// @param latestSeconds when it must have happened at the latest
  record Demand(String word, double latestSeconds) {}

  /// Checks, queues, workers and a busy machine take this much longer than the rules say, at most.
  private static final double SLACK_SECONDS = 1.0;

  private final MonitorRules rules;
  private final boolean heals;
  private final List<Demand> demands = new ArrayList<>();
  private boolean undecided;

  private DemandedAlerts(MonitorRules rules, boolean heals) {
    this.rules = rules;
    this.heals = heals;
  }

  /// The story of one monitor.
  ///
  /// @param steps the target's states in order of time
  /// @param endNanos when the trial's phases end
  /// @param failing whether a check fails in this state
  static DemandedAlerts of(
      MonitorRules rules,
      Heals heals,
      List<Step> steps,
      long endNanos,
      java.util.function.Predicate<State> failing) {
    DemandedAlerts story = new DemandedAlerts(rules, heals == Heals.INTERVENTION);
    for (int i = 0; i < steps.size() && !story.undecided; i++) {
      if (!failing.test(steps.get(i).state())) {
        continue;
      }
      int from = i;
      while (i + 1 < steps.size() && failing.test(steps.get(i + 1).state())) {
        i++;
      }
      long until = i + 1 < steps.size() ? steps.get(i + 1).atNanos() : endNanos;
      long next = i + 2 < steps.size() ? steps.get(i + 2).atNanos() : endNanos;
      story.badTime(
          steps.get(from).atNanos() / 1e9,
          until / 1e9,
          Math.max(until, next) / 1e9,
          until >= endNanos);
    }
    return story;
  }

  /// What is demanded, in order.
  List<Demand> demands() {
    return demands;
  }

  /// Whether the story ends because what comes then depends on chance.
  boolean undecided() {
    return undecided;
  }

  private void badTime(double from, double until, double wellUntil, boolean toTheEnd) {
    double interval = rules.intervalNanos() / 1e9;
    double length = until - from;
    int surely = (int) Math.floor((length - SLACK_SECONDS) / interval);
    int perhaps = (int) Math.ceil(length / interval) + 1;
    if (surely < 1
        || (surely < rules.unhealthyThreshold()
            && perhaps >= rules.unhealthyThreshold()
            && !toTheEnd)) {
      undecided = true;
      return;
    }
    raise(Code.YELLOW, from + interval + SLACK_SECONDS);
    double unhealthyAt = from + rules.unhealthyThreshold() * interval + SLACK_SECONDS;
    boolean healed = false;
    double wellFrom = until;
    if (perhaps >= rules.unhealthyThreshold()) {
      InterventionRules repair = rules.intervention();
      if (repair == null) {
        raise(Code.RED, unhealthyAt);
      } else {
        healed = heals;
        wellFrom = healed ? unhealthyAt : until;
        repair(repair, unhealthyAt, interval, healed);
      }
    }
    if (healed || !toTheEnd) {
      int oks = healed ? rules.verify() : rules.healthyThreshold();
      double settle =
          rules.intervention() == null ? 0 : rules.intervention().retryDelayNanos() / 1e9;
      double greenAt = wellFrom + settle + (oks + 1) * interval + SLACK_SECONDS;
      if (greenAt > (healed ? until : wellUntil) && !(healed && toTheEnd)) {
        undecided = true;
        return;
      }
      raise(Code.GREEN, greenAt);
    }
  }

  private void repair(InterventionRules repair, double at, double interval, boolean healed) {
    double latest = at;
    int attempts = healed ? 1 : repair.maxAttempts();
    for (int attempt = 0; attempt < attempts; attempt++) {
      latest += repair.retryDelayNanos() / 1e9 + SLACK_SECONDS;
      demands.add(new Demand("intervention", latest));
      raise(Code.CYAN, latest + SLACK_SECONDS);
      latest += repair.retryDelayNanos() / 1e9 + 2 * interval;
    }
    if (!healed) {
      raise(Code.RED, latest + SLACK_SECONDS);
    }
  }

  private void raise(Code code, double latest) {
    if ((rules.alerts().codes() & code.bit()) != 0) {
      demands.add(new Demand("raised " + code.name().toLowerCase(Locale.ROOT), latest));
    }
  }

  /// Compares the story with what a monitor went through.
  ///
  /// @param seen the words of its journal that are alerts or interventions, in order
  /// @param endSeconds what was to happen later than this may be missing
  /// @return null if they agree, else where they part
  @Nullable String difference(List<String> seen, double endSeconds) {
    for (int i = 0; i < demands.size(); i++) {
      Demand demand = demands.get(i);
      if (i >= seen.size()) {
        return demand.latestSeconds() > endSeconds
            ? null
            : "expected " + demand.word() + ", found none";
      }
      if (!seen.get(i).equals(demand.word())) {
        return "expected " + demand.word() + ", found " + seen.get(i);
      }
    }
    return seen.size() == demands.size() || undecided
        ? null
        : "expected nothing more, found " + seen.get(demands.size());
  }
}
