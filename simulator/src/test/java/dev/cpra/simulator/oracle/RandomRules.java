package dev.cpra.simulator.oracle;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Rules that reach every clause of the table within a few hundred ticks.
final class RandomRules {
  private static final long MILLISECOND = 1_000_000;

  private final SplittableRandom random;

  /// The same for all rules of a world: the engines give up a red whose retries an update has cut
  /// when the next alert is raised, the table only when its next delivery fails.
  private final int retries;

  RandomRules(SplittableRandom random) {
    this.random = random;
    this.retries = random.nextInt(4);
  }

  MonitorRules next() {
    return new MonitorRules(
        interval(),
        duration(1, 1_500),
        random.nextInt(1, 4),
        random.nextInt(1, 4),
        random.nextInt(1, 8),
        intervention(),
        alerts());
  }

  /// Rules that differ a little, or all over.
  MonitorRules change(MonitorRules rules) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> rules.withInterval(interval());
      case 2 -> rules.withAlerts(alerts());
      case 3 -> rules.withIntervention(intervention());
      case 4 -> rules.withThresholds(random.nextInt(1, 4), random.nextInt(1, 4));
      default -> next();
    };
  }

  private long interval() {
    return random.nextInt(8) == 0 ? duration(1, 20) : duration(100, 3_000);
  }

  private @Nullable InterventionRules intervention() {
    if (random.nextInt(3) == 0) {
      return null;
    }
    long delay = random.nextInt(3) == 0 ? 0 : duration(1, 4_000);
    return new InterventionRules(
        duration(1, 1_000), random.nextInt(1, 4), delay, random.nextInt(1, 4));
  }

  private AlertRules alerts() {
    int codes = random.nextInt(4) == 0 ? random.nextInt(Code.ALL_MASK + 1) : Code.ALL_MASK;
    long remind = random.nextBoolean() ? 0 : duration(1, 6_000);
    return new AlertRules(codes, duration(1, 2_000), retries, remind);
  }

  /// A duration of so many milliseconds, now and then of odd nanoseconds.
  private long duration(int least, int most) {
    long nanos = random.nextInt(least, most + 1) * MILLISECOND;
    return random.nextInt(4) == 0 ? nanos + random.nextInt(1_000_000) : nanos;
  }
}
