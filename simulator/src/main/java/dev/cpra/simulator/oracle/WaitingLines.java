package dev.cpra.simulator.oracle;

import dev.cpra.engine.Lane;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Who waits for a lane, the longest waiting first, ties by handle.
///
/// The waiting of a pulse counts from the multiple of the limits' tick at or after its due time,
/// that of interventions and alerts from their due time.
final class WaitingLines {
  private final Agenda[] line = {new Agenda(), new Agenda(), new Agenda()};
  private final IntFunction<MonitorOracle> monitors;

  WaitingLines(IntFunction<MonitorOracle> monitors) {
    this.monitors = monitors;
  }

  /// Lets a monitor join the lines it is not in yet.
  void join(MonitorOracle m) {
    join(m, Lane.PULSE, m.pulse);
    join(m, Lane.INTERVENTION, m.intervention);
    join(m, Lane.CODE, m.alerts.delivery);
  }

  private void join(MonitorOracle m, Lane lane, LaneJob job) {
    if (job.waiting && !job.inLine) {
      job.inLine = true;
      line[lane.ordinal()].add(job.bookedNanos, m.handle);
    }
  }

  /// Whose turn it is before this monitor's, null if it may go now. It leaves the line.
  @Nullable MonitorOracle before(MonitorOracle m, Lane lane) {
    MonitorOracle first = first(lane, line[lane.ordinal()]);
    LaneJob job = m.job(lane);
    if (first == m) {
      line[lane.ordinal()].removeFirst();
      return null;
    }
    if (first == null) {
      throw new IllegalStateException("line of " + lane + ": expected " + m.handle + " in it");
    }
    LaneJob other = first.job(lane);
    boolean inexact =
        job.bookedNanos != job.bookedByNanos || other.bookedNanos != other.bookedByNanos;
    return inexact && job.bookedNanos <= other.bookedByNanos ? null : first;
  }

  private @Nullable MonitorOracle first(Lane lane, Agenda waiting) {
    while (waiting.size() > 0) {
      MonitorOracle m = monitors.apply(waiting.firstMonitor());
      LaneJob job = m.job(lane);
      if (job.waiting && job.bookedNanos == waiting.firstTime()) {
        return m;
      }
      waiting.removeFirst();
    }
    return null;
  }

  void clear() {
    for (Agenda waiting : line) {
      waiting.clear();
    }
  }
}
