package dev.cpra.daemon.state;

/// An intervention that was begun.
///
/// @param id grows with every intent
/// @param intent what was to be done
/// @param end how it ended
/// @param endNanos when, 0 if it is not known to have ended
/// @param text what came of it, one line
public record InterventionRecord(long id, Intent intent, End end, long endNanos, String text) {
  /// How an intervention ended. The names are part of the database.
  public enum End {
    /// Nobody wrote down that it did: it may have been done, wholly or in part.
    OPEN,
    /// It reported success.
    OK,
    /// It reported failure.
    FAILED,
    /// Its time was over before it was begun: nothing was done.
    NOT_DONE,
    /// It was open when a daemon started: never repeated, the following checks decide.
    UNKNOWN
  }
}
