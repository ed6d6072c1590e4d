package dev.cpra.daemon.core;

/// How the engine's audit is spread: a slice of handles at a time, so that all of them are looked
/// at within a few minutes and no tick is held up. Passive; used by the engine's thread.
final class AuditSlices {
  /// Audits some handles.
  @FunctionalInterface
  interface Audit {
    /// As `Engine.audit`: how many of these monitors were broken.
    int audit(int from, int count);
  }

  private static final long SECOND = 1_000_000_000;

  /// Within how long every handle is looked at by an engine that ticks at least every
  /// [#PACE_NANOS]; an idle one ticks ten times a second and takes twice as long.
  static final long ROUND_NANOS = 120 * SECOND;

  /// How long between two slices.
  static final long PACE_NANOS = SECOND / 20;

  private static final int ROUND_SLICES = (int) (ROUND_NANOS / PACE_NANOS);

  private int next;
  private long lastNanos = Long.MIN_VALUE / 2;
  private long audited;
  private long rounds;

  /// Audits the next slice if its time has come.
  ///
  /// @param handles all handles in use are below this
  /// @return how many were found broken
  int step(Audit audit, int handles, long nowNanos) {
    if (handles == 0 || nowNanos - lastNanos < PACE_NANOS) {
      return 0;
    }
    lastNanos = nowNanos;
    if (next >= handles) {
      next = 0;
    }
    int slice = (handles + ROUND_SLICES - 1) / ROUND_SLICES;
    int count = Math.min(slice, handles - next);
    int broken = audit.audit(next, count);
    next += count;
    audited += count;
    if (next >= handles) {
      next = 0;
      rounds++;
    }
    return broken;
  }

  /// Handles looked at since the start.
  long audited() {
    return audited;
  }

  /// How often all of them were.
  long rounds() {
    return rounds;
  }
}
