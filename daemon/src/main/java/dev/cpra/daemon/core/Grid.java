package dev.cpra.daemon.core;

/// Where a monitor's slots lie. Pure.
///
/// The grid counts from 1970 and is shifted by a hash of the name: checks are spread over the
/// interval, and a restart finds the same grid without having written it down.
final class Grid {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Grid() {}

  /// The first slot at or after `startNanos`: the smallest `k * interval + hash(name) % interval`.
  static long firstDue(String name, long intervalNanos, long startNanos) {
    long shift = Math.floorMod(hash(name), intervalNanos);
    long past = Math.floorMod(startNanos - shift, intervalNanos);
    return past == 0 ? startNanos : startNanos - past + intervalNanos;
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
