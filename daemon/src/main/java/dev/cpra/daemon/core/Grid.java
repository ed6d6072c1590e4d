package dev.cpra.daemon.core;

/// Where a monitor's slots lie. Pure.
///
/// The grid counts from 1970 and is shifted by a hash of the name: checks are spread over the
/// interval, and a restart finds the same grid without having written it down.
final class Grid {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /// So many monitors are allowed [#LOADED_NANOS] to be loaded. On a machine that takes longer
  /// their first checks are late, none is missed by it unless its interval is as short.
  private static final int LOADED_MONITORS = 10_000;

  private static final long LOADED_NANOS = 25_000_000;

  private Grid() {}

  /// The first slot at or after `startNanos`: the smallest `k * interval + hash(name) % interval`.
  static long firstDue(String name, long intervalNanos, long startNanos) {
    long shift = Math.floorMod(hash(name), intervalNanos);
    long past = Math.floorMod(startNanos - shift, intervalNanos);
    return past == 0 ? startNanos : startNanos - past + intervalNanos;
  }

  /// When so many monitors that are loaded from now on should all be there: a slot before that
  /// would be late, and all of them together would be a burst.
  static long loadedNanos(int monitors, long nowNanos) {
    return nowNanos + monitors / LOADED_MONITORS * LOADED_NANOS;
  }

  /// FNV-1a over the characters, then mixed: names that differ in the last digit only must not lie
  /// side by side.
  static long hash(String name) {
    long hash = FNV_START;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
