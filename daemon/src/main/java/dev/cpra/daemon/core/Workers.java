package dev.cpra.daemon.core;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import java.lang.management.ManagementFactory;

/// How many jobs of each lane run at once. `cpra size` proposes figures for a manifest.
///
/// @param pulse checks at once, 1 to 65,536
/// @param intervention repairs at once
/// @param code deliveries at once
public record Workers(int pulse, int intervention, int code) {
  private static final int PULSE_MOST = 4_096;
  private static final int PULSE_LEAST = 64;

  /// A check may hold a connection and a file of a program's output.
  private static final int DESCRIPTORS_PER_CHECK = 4;

  /// Checks the ranges.
  public Workers {
    range("pulse workers", pulse);
    range("intervention workers", intervention);
    range("code workers", code);
  }

  /// 4,096 checks, or fewer if the process may not open that many files; 16 repairs; 64 deliveries.
  public static Workers defaults() {
    long descriptors = PULSE_MOST * DESCRIPTORS_PER_CHECK;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
      descriptors = unix.getMaxFileDescriptorCount();
    }
    return new Workers(
        Math.clamp(descriptors / DESCRIPTORS_PER_CHECK, PULSE_LEAST, PULSE_MOST), 16, 64);
  }

  /// How many for this lane.
  int of(Lane lane) {
    return switch (lane) {
      case PULSE -> pulse;
      case INTERVENTION -> intervention;
      case CODE -> code;
    };
  }

  /// Lanes with queues that keep these workers busy.
  static Lanes lanes(int batchJobs) {
    return Lanes.create(
        new LaneLimits(1 << 16, batchJobs, 1 << 16),
        new LaneLimits(1 << 12, 1, 1 << 12),
        new LaneLimits(1 << 14, Math.min(batchJobs, 16), 1 << 14),
        new LaneQueues());
  }

  private static void range(String what, int value) {
    if (value < 1 || value > 1 << 16) {
      throw new IllegalArgumentException(what + ": expected 1 to 65536, found " + value);
    }
  }
}
