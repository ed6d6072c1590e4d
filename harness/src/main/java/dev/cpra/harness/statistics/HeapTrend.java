package dev.cpra.harness.statistics;

import dev.cpra.harness.result.HeapPoint;
import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.result.TrialResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the heap held after collections over a trial's measured phases, and whether it grew.
///
/// @param firstMib at the first collection
/// @param lastMib at the last one
/// @param mibPerHour its growth
public record HeapTrend(double firstMib, double lastMib, Slope mibPerHour) {
  private static final double SECONDS_PER_HOUR = 3_600;

  /// The trend; null if the trial did not look, or too seldom.
  public static @Nullable HeapTrend of(TrialResult trial) {
    List<HeapPoint> points =
        trial.memory().heapAfterGc().stream().filter(point -> measured(trial, point)).toList();
    double[] hours = new double[points.size()];
    double[] mib = new double[points.size()];
    for (int i = 0; i < hours.length; i++) {
      hours[i] = points.get(i).atSeconds() / SECONDS_PER_HOUR;
      mib[i] = points.get(i).mib();
    }
    Slope slope = Slope.of(hours, mib);
    return slope == null
        ? null
        : new HeapTrend(points.getFirst().mib(), points.getLast().mib(), slope);
  }

  private static boolean measured(TrialResult trial, HeapPoint point) {
    for (PhaseResult phase : trial.phases()) {
      double at = point.atSeconds() - phase.fromSeconds();
      if (phase.measured() && at >= 0 && at <= phase.wallSeconds()) {
        return true;
      }
    }
    return false;
  }
}
