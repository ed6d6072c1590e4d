package dev.cpra.simulator;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.load.Generate;
import dev.cpra.simulator.work.JobTimeouts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The monitors of a trial as columns, so that the harness itself holds little: which rules each
/// has, and when it is first due. Index i becomes handle i. Immutable once built.
public final class Population {
  /// Up to this many monitors the names are kept, for journals.
  public static final int NAMED_MAX = 200;

  private final List<MonitorRules> rules;
  private final int[] ruleOf;
  private final long[] firstDueNanos;
  private final List<String> names;

  private Population(
      List<MonitorRules> rules, int[] ruleOf, long[] firstDueNanos, List<String> names) {
    this.rules = rules;
    this.ruleOf = ruleOf;
    this.firstDueNanos = firstDueNanos;
    this.names = names;
  }

  /// The monitors of a mix.
  public static Population of(Generate generate) {
    Builder builder = new Builder(generate.count());
    for (int i = 0; i < generate.count(); i++) {
      builder.add(generate.name(i), generate.entry(i).rules());
    }
    return builder.build();
  }

  /// The monitors of a manifest.
  public static Population of(List<MonitorSpec> specs) {
    Builder builder = new Builder(specs.size());
    for (MonitorSpec spec : specs) {
      builder.add(spec.name(), spec.rules());
    }
    return builder.build();
  }

  /// How many monitors there are.
  public int size() {
    return ruleOf.length;
  }

  /// The rules of one of them.
  public MonitorRules rules(int monitor) {
    return rules.get(ruleOf[monitor]);
  }

  /// When one of them is first due, in nanoseconds after the start.
  public long firstDueNanos(int monitor) {
    return firstDueNanos[monitor];
  }

  /// Every rule that occurs, once.
  public List<MonitorRules> distinctRules() {
    return rules;
  }

  /// The names, or none if there are more than [#NAMED_MAX].
  public List<String> names() {
    return names;
  }

  /// Pulses per second that all intervals ask for.
  public double pulsesPerSecond() {
    double[] rate = new double[rules.size()];
    for (int r = 0; r < rate.length; r++) {
      rate[r] = 1e9 / rules.get(r).intervalNanos();
    }
    double sum = 0;
    for (int r : ruleOf) {
      sum += rate[r];
    }
    return sum;
  }

  /// The shortest interval or timeout.
  public long shortestNanos() {
    long shortest = Long.MAX_VALUE;
    for (MonitorRules rule : rules) {
      shortest = Math.min(shortest, Math.min(rule.intervalNanos(), rule.timeoutNanos()));
    }
    return shortest;
  }

  /// The longest timeout of any job.
  public long longestTimeoutNanos() {
    long longest = 0;
    for (MonitorRules rule : rules) {
      longest = Math.max(longest, Math.max(rule.timeoutNanos(), rule.alerts().timeoutNanos()));
      if (rule.intervention() != null) {
        longest = Math.max(longest, rule.intervention().timeoutNanos());
      }
    }
    return longest;
  }

  /// How long a job of this lane may take, by monitor.
  public JobTimeouts timeouts(Lane lane) {
    return switch (lane) {
      case PULSE -> monitor -> rules(monitor).timeoutNanos();
      case INTERVENTION -> monitor -> interventionTimeout(rules(monitor));
      case CODE -> monitor -> rules(monitor).alerts().timeoutNanos();
    };
  }

  private static long interventionTimeout(MonitorRules rules) {
    return rules.intervention() == null ? Long.MAX_VALUE : rules.intervention().timeoutNanos();
  }

  /// Adds the monitors from index `from` to below `to`, and ticks once just before the start: an
  /// engine may leave part of the work to its next tick, and that belongs to loading.
  ///
  /// @param startNanos when the trial starts on the engine's clock
  public void addTo(Engine engine, int from, int to, long startNanos) {
    for (int i = from; i < to; i++) {
      int handle = engine.add(rules.get(ruleOf[i]), startNanos + firstDueNanos[i]);
      if (handle != i) {
        throw new IllegalStateException(
            "Expected handles in the order of adding: " + i + ", found " + handle);
      }
    }
    engine.tick(startNanos - 1);
  }

  private static final class Builder {
    private final Map<MonitorRules, Integer> known = new HashMap<>();
    private final List<MonitorRules> rules = new ArrayList<>();
    private final int[] ruleOf;
    private final long[] firstDueNanos;
    private final List<String> names = new ArrayList<>();
    private int size;

    Builder(int count) {
      ruleOf = new int[count];
      firstDueNanos = new long[count];
    }

    void add(String name, MonitorRules its) {
      ruleOf[size] = known.computeIfAbsent(its, this::register);
      firstDueNanos[size] = FirstDue.offsetNanos(name, its.intervalNanos());
      if (ruleOf.length <= NAMED_MAX) {
        names.add(name);
      }
      size++;
    }

    private int register(MonitorRules its) {
      rules.add(its);
      return rules.size() - 1;
    }

    Population build() {
      return new Population(List.copyOf(rules), ruleOf, firstDueNanos, List.copyOf(names));
    }
  }
}
