package dev.cpra.engine.ecs;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;

/// System: pulses that wait are offered to their lane, the longest waiting first, until it is full.
final class DispatchPulses {
  private final Monitors monitors;
  private final PulseMarks marks;
  private final Deadlines deadlines;
  private final WaitingLine line;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;

  DispatchPulses(
      Monitors monitors,
      WaitingLine line,
      LaneQueue queue,
      LaneLedger ledger,
      Transitions listener) {
    this.monitors = monitors;
    this.marks = monitors.marks;
    this.deadlines = monitors.deadlines;
    this.line = line;
    this.queue = queue;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// Returns how many the lane took.
  int run() {
    long now = monitors.moment.now;
    int taken = 0;
    while (line.next()) {
      Pulse of = line.pulse();
      Rules rules = of.rules;
      int number = of.number + 1;
      long due = line.dueNanos();
      long deadline = now + rules.pulseNanos;
      if (!queue.offer(of.handle, number, due, deadline, 0)) {
        break;
      }
      line.remove();
      of.number = number;
      of.vitals = (int) Lifecycle.pulseDispatched(of.vitals);
      marks.begin(of);
      deadlines.add(rules.ring, of.handle, number, due, deadline);
      listener.dispatched(Lane.PULSE, of.handle, number, 0, due, now);
      taken++;
    }
    ledger.waiting -= taken;
    ledger.dispatched += taken;
    ledger.inFlight += taken;
    return taken;
  }
}
