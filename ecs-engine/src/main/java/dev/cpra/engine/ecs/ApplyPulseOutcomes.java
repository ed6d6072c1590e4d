package dev.cpra.engine.ecs;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;

/// System: what workers report of pulses is applied, in the order in which it arrived.
final class ApplyPulseOutcomes {
  private final Monitors monitors;
  private final PulseMarks marks;
  private final ApplyEffects effects;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;

  ApplyPulseOutcomes(
      Monitors monitors,
      ApplyEffects effects,
      LaneQueue queue,
      LaneLedger ledger,
      Transitions listener) {
    this.monitors = monitors;
    this.marks = monitors.marks;
    this.effects = effects;
    this.queue = queue;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// Returns how many outcomes there were.
  int run() {
    int applied = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      int size = batch.size();
      for (int i = 0; i < size; i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i));
      }
      applied += size;
      queue.recycle(batch);
    }
    return applied;
  }

  private void apply(int monitor, int number, byte outcome) {
    ledger.outcomes++;
    Pulse of = monitors.find(monitor);
    if (of == null || !of.isInFlight(number) || outcome == Outcome.DISCARDED) {
      ledger.stale++;
      listener.stale(Lane.PULSE, monitor, number, monitors.moment.now);
      return;
    }
    ledger.inFlight--;
    long before = Monitors.vitals(of);
    long result;
    if (outcome == Outcome.OK) {
      ledger.ok++;
      end(of, number, Transitions.OK);
      result = Lifecycle.pulseOk(before, of.rules.monitor);
    } else {
      ledger.failed++;
      end(of, number, Transitions.FAILED);
      result = Lifecycle.pulseFailed(before, of.rules.monitor);
    }
    monitors.forgetDue(of);
    effects.apply(of, before, result);
  }

  private void end(Pulse of, int number, int how) {
    marks.end(of);
    listener.ended(Lane.PULSE, of.handle, number, how, of.dueNanos(), monitors.moment.now);
  }
}
