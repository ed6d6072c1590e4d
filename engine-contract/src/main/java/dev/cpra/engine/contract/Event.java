package dev.cpra.engine.contract;

import dev.cpra.engine.Lane;
import org.jspecify.annotations.Nullable;

/// One call of [dev.cpra.engine.Transitions], kept.
///
/// @param lane null where the call has none
/// @param number the job's number; of alerts the ordinal of the colour; of missed slots their count
/// @param detail the dispatch's detail, or how the job ended
/// @param from due time; first slot missed; watched bits before
/// @param to watched bits after
public record Event(
    Kind kind,
    @Nullable Lane lane,
    int monitor,
    long number,
    int detail,
    long from,
    long to,
    long now) {

  /// Which call it was.
  public enum Kind {
    DISPATCHED,
    ENDED,
    STALE,
    MISSED,
    CANCELLED,
    CHANGED,
    RAISED,
    SKIPPED,
    ABANDONED,
    DROPPED,
    REMOVED
  }

  static Event of(Kind kind, @Nullable Lane lane, int monitor, long number, long now) {
    return new Event(kind, lane, monitor, number, 0, 0, 0, now);
  }
}
