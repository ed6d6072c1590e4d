package dev.cpra.engine.ecs;

import dev.cpra.engine.kit.PulseDeadlines;

/// Deadlines in rings beside the world, one for each timeout.
final class RingsOfDeadlines extends Deadlines {
  private final PulseDeadlines rings;

  RingsOfDeadlines(Monitors monitors) {
    rings = new PulseDeadlines((monitor, number) -> monitors.get(monitor).isInFlight(number));
  }

  @Override
  int ringFor(long timeoutNanos) {
    return rings.ringFor(timeoutNanos);
  }

  @Override
  void add(int ring, int monitor, int number, long dueNanos, long deadlineNanos) {
    rings.add(ring, monitor, number, dueNanos, deadlineNanos);
  }

  @Override
  int collect(long nowNanos) {
    return rings.collect(nowNanos);
  }

  @Override
  int monitor(int i) {
    return rings.monitor(i);
  }

  @Override
  long earliest() {
    return rings.earliest();
  }

  @Override
  long deadlineOf(int monitor, int number) {
    return rings.deadlineOf(monitor, number);
  }
}
