package dev.cpra.simulator.oracle;

/// The one job that a monitor may have in one lane.
final class LaneJob {
  /// It is due, counted as such, and offered at every tick.
  boolean waiting;

  boolean inFlight;

  /// Whether the line of the lane knows that it waits.
  boolean inLine;

  /// Of the job last dispatched.
  int number;

  long dueNanos;

  /// From when on its waiting counts: at the earliest and at the latest. A pulse that somebody
  /// asked for has no exact place within the ticks of the asking.
  long bookedNanos;

  long bookedByNanos;
  long deadlineNanos;

  /// What the workers are to be told.
  int detail;

  void waits(long due, long booked, long bookedBy) {
    dueNanos = due;
    bookedNanos = booked;
    bookedByNanos = bookedBy;
    waiting = true;
    inLine = false;
  }

  void taken(int withNumber, int withDetail, long deadline) {
    waiting = false;
    inFlight = true;
    number = withNumber;
    detail = withDetail;
    deadlineNanos = deadline;
  }

  boolean expiredAt(long now) {
    return inFlight && now >= deadlineNanos;
  }

  void forget() {
    waiting = false;
    inFlight = false;
    dueNanos = 0;
    deadlineNanos = 0;
  }

  String describe(String lane) {
    if (inFlight) {
      return " " + lane + " " + number + " in flight until " + deadlineNanos;
    }
    return waiting ? " " + lane + " waiting since " + dueNanos : "";
  }
}
