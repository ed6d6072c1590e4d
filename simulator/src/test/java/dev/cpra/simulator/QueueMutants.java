package dev.cpra.simulator;

import dev.cpra.engine.Batch;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.contract.OracleEngine;
import dev.cpra.engine.contract.OracleMonitor;
import dev.cpra.simulator.work.JobTimeouts;
import dev.cpra.simulator.work.LaneFaults;
import dev.cpra.simulator.work.LaneListener;
import dev.cpra.simulator.work.Script;
import dev.cpra.simulator.work.ScriptedLane;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Bugs between an engine and its lanes.
final class QueueMutants {
  private QueueMutants() {}

  static final class Refused extends OracleEngine {
    Refused(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected boolean offer(
        LaneQueue queue, int monitor, int number, long due, long deadline, int detail) {
      return super.offer(queue, monitor, number, due, deadline, detail)
          || queue.lane() == Lane.PULSE;
    }
  }

  /// What one tick dispatches is pending from the end of the next tick's results on.
  static final class Overtaken extends OracleEngine {
    private final Map<Integer, Long> dispatchedIn = new HashMap<>();
    private long tick;

    Overtaken(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public int tick(long nowNanos) {
      tick++;
      return super.tick(nowNanos);
    }

    @Override
    protected boolean offer(
        LaneQueue queue, int monitor, int number, long due, long deadline, int detail) {
      boolean took = super.offer(queue, monitor, number, due, deadline, detail);
      if (took && queue.lane() == Lane.PULSE) {
        dispatchedIn.put(monitor, tick);
      }
      return took;
    }

    @Override
    protected boolean isOfJobInFlight(OracleMonitor m, Lane lane, int number) {
      boolean tooEarly = lane == Lane.PULSE && dispatchedIn.getOrDefault(m.handle, 0L) == tick - 1;
      return !tooEarly && super.isOfJobInFlight(m, lane, number);
    }
  }

  static final class DroppingLane extends ScriptedLane {
    DroppingLane(
        LaneQueue queue,
        Script script,
        IntUnaryOperator identity,
        JobTimeouts timeouts,
        int workers,
        LaneFaults faults,
        long stepNanos,
        @Nullable LaneListener listener) {
      super(queue, script, identity, timeouts, workers, faults, stepNanos, listener);
    }

    @Override
    protected boolean give(LaneQueue lane, Batch batch) {
      return super.give(lane, batch) || batch.size() > 0;
    }
  }

  /// One pulse is refused, and all that were taken in the same tick wait again beside it.
  static final class Retrying extends OracleEngine {
    private final Set<Integer> taken = new HashSet<>();
    private boolean refused;

    Retrying(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public int tick(long nowNanos) {
      taken.clear();
      refused = false;
      int work = super.tick(nowNanos);
      for (OracleMonitor m : all()) {
        if (refused && taken.contains(m.handle)) {
          m.state.vitals = Lifecycle.pulseWaits(Vitals.withPhase(m.state.vitals, Vitals.IDLE));
        }
      }
      return work;
    }

    @Override
    protected boolean offer(
        LaneQueue queue, int monitor, int number, long due, long deadline, int detail) {
      boolean took = super.offer(queue, monitor, number, due, deadline, detail);
      if (queue.lane() == Lane.PULSE) {
        refused |= !took;
        if (took) {
          taken.add(monitor);
        }
      }
      return took;
    }
  }

  /// Of what one tick dispatches the lane gets a batch, and the rest is pending all the same.
  static final class Cutting extends OracleEngine {
    private int offered;

    Cutting(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public int tick(long nowNanos) {
      offered = 0;
      return super.tick(nowNanos);
    }

    @Override
    protected boolean offer(
        LaneQueue queue, int monitor, int number, long due, long deadline, int detail) {
      if (queue.lane() == Lane.PULSE && queue.room() > 0) {
        offered++;
        if (offered > queue.limits().batchJobs()) {
          return true;
        }
      }
      return super.offer(queue, monitor, number, due, deadline, detail);
    }
  }
}
