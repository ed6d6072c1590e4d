package dev.cpra.simulator;

import dev.cpra.engine.contract.OracleEngine;
import java.util.List;

/// The bugs that an engine, or its workers, once had: the reference with one of them put back.
final class Mutants {
  private static final EngineMaker SOUND = OracleEngine::new;

  /// One of them.
  ///
  /// @param number in the catalogue
  /// @param putBack the bug
  /// @param killer the checker that is meant to find it
  record Mutant(
      String number, String putBack, String killer, EngineMaker engine, CrewMaker workers) {
    /// Runs it, asking no checker but the one meant to kill it.
    Run run(Scenario scenario) {
      return Simulation.asking(killer, scenario, number, engine, workers)
          .run(Simulation.Progress.NONE);
    }
  }

  private Mutants() {}

  private static Mutant engine(String number, String putBack, String killer, EngineMaker engine) {
    return new Mutant(number, putBack, killer, engine, Crew::scripted);
  }

  /// All of them, in the catalogue's order.
  static List<Mutant> all() {
    return List.of(
        engine(
            "M1",
            "pending although the queue refused the job",
            "delivery",
            QueueMutants.Refused::new),
        engine(
            "M2",
            "the pending mark is never removed",
            "liveness",
            PulseMutants.PendingForEver::new),
        engine(
            "M3",
            "a result before playback is discarded, pending set after it",
            "lifecycle",
            QueueMutants.Overtaken::new),
        new Mutant(
            "M4",
            "a result that the full queue refuses is dropped",
            "delivery",
            SOUND,
            (scenario, settings, lanes, identity, rules, listener) ->
                new Crew(
                    QueueMutants.DroppingLane::new,
                    scenario,
                    settings,
                    lanes,
                    identity,
                    rules,
                    listener)),
        engine("M5", "deadlines never pass", "deadline", PulseMutants.Deadless::new),
        engine(
            "M6",
            "a late result is applied to the next job",
            "lifecycle",
            PulseMutants.Gullible::new),
        engine(
            "M7",
            "a failed pulse is dispatched again at once",
            "grid",
            PulseMutants.Impatient::new),
        engine(
            "M8",
            "a batch enqueued half-way is retried as a whole",
            "one-in-flight",
            QueueMutants.Retrying::new),
        engine(
            "M9",
            "what a full batch does not hold is cut silently",
            "delivery",
            QueueMutants.Cutting::new),
        engine(
            "M10", "red overwrites the yellow that waits", "alerts", AlertMutants.Overwriting::new),
        engine(
            "M11",
            "a colour without configuration is raised",
            "alerts",
            AlertMutants.Unconfigured::new),
        engine(
            "M12",
            "a failed alert is retried at once, for ever",
            "alerts",
            AlertMutants.Stubborn::new),
        engine(
            "M13", "pulses go on while an intervention runs", "quiet", PulseMutants.Meddling::new),
        engine(
            "M13", "pulses go on while an intervention settles", "quiet", PulseMutants.Hasty::new),
        engine(
            "M14",
            "the success streak survives a failure",
            "lifecycle",
            PulseMutants.Forgiving::new),
        engine("M14", "green is never sent", "lifecycle", AlertMutants.Greenless::new),
        engine(
            "M17", "the next slot is counted from the result", "grid", PulseMutants.Drifting::new),
        engine(
            "M19",
            "only pulses that succeeded count as dispatched",
            "ledger",
            OwnerMutants.Miscounting::new),
        engine("M20", "drain forgets the jobs in flight", "drain", OwnerMutants.Cancelling::new),
        engine("M21", "a pause that pauses nothing", "quiet", OwnerMutants.Restless::new));
  }
}
