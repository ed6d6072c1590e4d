package dev.cpra.harness.paired;

import dev.cpra.harness.work.TrialClock;
import java.util.function.LongSupplier;

/// A clock that stands still between slices, so that nothing falls due while the other JVM runs.
/// Any thread reads it; one at a time lets it run and stops it.
final class SliceClock implements LongSupplier {
  private final LongSupplier machine;

  /// What to add to the machine's time, or the time itself if `running` is false.
  private record State(boolean running, long nanos) {}

  private volatile State state = new State(false, TrialClock.START_NANOS);

  SliceClock(LongSupplier machine) {
    this.machine = machine;
  }

  /// Lets it run on from where it stands.
  void resume() {
    if (!state.running()) {
      state = new State(true, state.nanos() - machine.getAsLong());
    }
  }

  /// Stops it; returns where it stands.
  long pause() {
    long now = getAsLong();
    state = new State(false, now);
    return now;
  }

  @Override
  public long getAsLong() {
    State seen = state;
    return seen.running() ? seen.nanos() + machine.getAsLong() : seen.nanos();
  }
}
