package dev.cpra.harness.gate;

import dev.cpra.harness.paired.Floor;
import java.util.Locale;

/// What two live JVMs are compared by.
enum PairedMetric {
  /// Outcomes applied per second of wall clock.
  THROUGHPUT("Throughput", Drive.ANY, true),
  /// CPU time of the engine's thread per outcome.
  CPU_PER_JOB("CPU per job", Drive.ANY, false),
  /// Median lateness of the pulses of a slice.
  LATENESS_P50("Lateness, p50", Drive.OPEN, false),
  /// 90th percentile of the same.
  LATENESS_P90("Lateness, p90", Drive.OPEN, false),
  /// Median response time of the pulses of a slice.
  RESPONSE_P50("Response, p50", Drive.OPEN, false),
  /// 90th percentile of the same.
  RESPONSE_P90("Response, p90", Drive.OPEN, false),
  /// Time in stalls, ms per second; compared by difference, for it may be nothing.
  STALLS("Time in stalls", Drive.OPEN, false);

  /// Which drives have it.
  private enum Drive {
    ANY,
    OPEN
  }

  private final String label;
  private final Drive drive;
  private final boolean higherIsBetter;

  PairedMetric(String label, Drive drive, boolean higherIsBetter) {
    this.label = label;
    this.drive = drive;
    this.higherIsBetter = higherIsBetter;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PairedMetric of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /// Its name for a reader.
  String label() {
    return label;
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }

  /// Whether only real time has it.
  boolean needsRealTime() {
    return drive == Drive.OPEN;
  }

  /// Whether it is compared by difference instead of ratio.
  boolean byDifference() {
    return this == STALLS;
  }

  /// If above 0, the slices that nothing disturbed are compared, not those of one round: the value
  /// that this share of a side's slices lies below. A cost in few slices only is left out. So it is
  /// of [#THROUGHPUT], a trimmed mean, if no more than a fifth of the rounds have it. Stalls of the
  /// machine hit some slices, those of a build that are worth a gate come back in most.
  double floorShare() {
    return switch (this) {
      case CPU_PER_JOB -> Floor.TENTH;
      case STALLS -> Floor.QUARTER;
      case THROUGHPUT, LATENESS_P50, LATENESS_P90, RESPONSE_P50, RESPONSE_P90 -> 0;
    };
  }

  /// The unit of its figures.
  String unit() {
    return switch (this) {
      case THROUGHPUT -> "jobs/s";
      case CPU_PER_JOB -> "ns";
      case LATENESS_P50, LATENESS_P90, RESPONSE_P50, RESPONSE_P90 -> "µs";
      case STALLS -> "ms/s";
    };
  }
}
