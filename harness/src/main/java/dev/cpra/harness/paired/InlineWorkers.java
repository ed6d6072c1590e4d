package dev.cpra.harness.paired;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Work;
import dev.cpra.simulator.Population;
import dev.cpra.simulator.work.LaneFaults;
import dev.cpra.simulator.work.Script;
import dev.cpra.simulator.work.ScriptedLane;
import java.util.ArrayList;
import java.util.List;

/// Does the jobs of all lanes on the engine's own thread, between two ticks: `noop` at once,
/// `scripted` as its script says in virtual time. Not thread-safe.
abstract sealed class InlineWorkers {
  private long batches;

  private InlineWorkers() {}

  /// The workers that a load asks for.
  static InlineWorkers of(Load load, Population population, Lanes lanes) {
    InlineWorkers workers =
        load.work().kind() == Work.Kind.SCRIPTED
            ? new Scripted(load, population, lanes)
            : new Noop(lanes);
    for (Lane lane : Lane.values()) {
      lanes.lane(lane).onJobs(() -> workers.batches++);
    }
    return workers;
  }

  /// Does what is to be done at this time.
  abstract void pass(long nowNanos, long elapsedNanos);

  /// Batches that the engine has published, all lanes.
  long batches() {
    return batches;
  }

  private static final class Noop extends InlineWorkers {
    private final LaneQueue[] queues;

    Noop(Lanes lanes) {
      queues = new LaneQueue[] {lanes.pulse(), lanes.intervention(), lanes.code()};
    }

    @Override
    void pass(long nowNanos, long elapsedNanos) {
      for (LaneQueue queue : queues) {
        for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
          for (int i = 0, size = batch.size(); i < size; i++) {
            batch.outcome(i, Outcome.OK);
          }
          if (!queue.give(batch)) {
            throw new IllegalStateException(
                queue.lane() + ": expected room for outcomes of jobs just taken, found none");
          }
        }
      }
    }
  }

  private static final class Scripted extends InlineWorkers {
    private final List<ScriptedLane> workers = new ArrayList<>();

    Scripted(Load load, Population population, Lanes lanes) {
      Work work = load.work();
      Script script =
          new Script(
              work.seed(), work.failure(), work.latency().p50Nanos(), work.latency().p99Nanos());
      for (Lane lane : Lane.values()) {
        workers.add(
            new ScriptedLane(
                lanes.lane(lane),
                script,
                monitor -> monitor,
                population.timeouts(lane),
                load.engine().lane(lane).workers(),
                LaneFaults.of(List.of(), lane, work.seed()),
                1,
                null));
      }
    }

    @Override
    void pass(long nowNanos, long elapsedNanos) {
      for (int i = 0; i < workers.size(); i++) {
        workers.get(i).pass(nowNanos, elapsedNanos);
      }
    }
  }
}
