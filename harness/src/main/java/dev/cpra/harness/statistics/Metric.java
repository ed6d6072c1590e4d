package dev.cpra.harness.statistics;

import java.util.List;

/// A figure of a trial: its name in `report.json`, how a reader knows it, and which way is better.
public enum Metric {
  /// Outcomes applied per second of the measured phases.
  JOBS_PER_SECOND("jobs_per_second", "Throughput", "jobs/s", true, true, 1),
  /// Pulses that became due per second: what the schedule asked for; shown, not compared.
  OFFERED_PER_SECOND("offered_per_second", "Offered", "pulses/s", true, false, 1),
  /// Half of the pulses were dispatched no later than this.
  LATENESS_P50("lateness_us.p50", "Lateness, median", "µs", false, true, 1),
  /// 99 % of the pulses were dispatched no later than this.
  LATENESS_P99("lateness_us.p99", "Lateness, p99", "µs", false, true, 1),
  /// 99.9 % of the pulses; shown, not compared: the machine's own hiccups rule there.
  LATENESS_P99_9("lateness_us.p99_9", "Lateness, p99.9", "µs", false, false, 1),
  /// The latest dispatch; shown, not compared.
  LATENESS_MAX("lateness_us.max", "Lateness, worst", "µs", false, false, 1),
  /// Half of the times, a bare sleeping timer beside the engine woke no later than this; shown:
  /// what the machine allows.
  FLOOR_P50("floor_us.p50", "Bare sleeping timer, median", "µs", false, false, 1),
  /// 99 % of its times.
  FLOOR_P99("floor_us.p99", "Bare sleeping timer, p99", "µs", false, false, 1),
  /// 99.9 % of its times.
  FLOOR_P99_9("floor_us.p99_9", "Bare sleeping timer, p99.9", "µs", false, false, 1),
  /// The latest.
  FLOOR_MAX("floor_us.max", "Bare sleeping timer, worst", "µs", false, false, 1),
  /// Half of the outcomes were applied no later than this.
  RESPONSE_P50("response_us.p50", "Response, median", "µs", false, true, 1),
  /// 99 % of the outcomes were applied no later than this.
  RESPONSE_P99("response_us.p99", "Response, p99", "µs", false, true, 1),
  /// 99.9 % of the outcomes; shown, not compared.
  RESPONSE_P99_9("response_us.p99_9", "Response, p99.9", "µs", false, false, 1),
  /// The latest outcome; shown, not compared.
  RESPONSE_MAX("response_us.max", "Response, worst", "µs", false, false, 1),
  /// CPU time of the whole process per job.
  CPU_US_PER_JOB("cpu_us_per_job", "CPU per job", "µs", false, true, 0.001),
  /// Bytes that the engine's own thread allocated per job.
  ALLOCATED_BYTES_PER_JOB("allocated_bytes_per_job", "Allocated per job", "B", false, true, 0.1),
  /// Heap and native memory of the engine per monitor.
  BYTES_PER_MONITOR("bytes_per_monitor", "Memory per monitor", "B", false, true, 0.1),
  /// The largest resident memory of the process.
  PEAK_RSS_MIB("peak_rss_mib", "Peak resident memory", "MiB", false, true, 1),
  /// How the heap after collections grew over the measured phases; shown, not compared: about zero.
  HEAP_GROWTH("heap_growth_mib_per_hour", "Heap after GC, growth", "MiB/h", false, false, 0.1),
  /// Monitors added per second.
  LOAD_MONITORS_PER_SECOND("load_monitors_per_second", "Loading", "monitors/s", true, true, 1),
  /// From the manifest to the running engine.
  MANIFEST_MS("manifest_ms", "Manifest to running engine", "ms", false, true, 1),
  /// The largest resident memory of the process until then.
  MANIFEST_PEAK_RSS_MIB(
      "manifest_peak_rss_mib", "Peak resident memory until then", "MiB", false, true, 1),
  /// The slowest return to schedule after a fault.
  RECOVERY_MS("recovery_ms", "Recovery from faults", "ms", false, true, 1),
  /// Bytes on the wire per check.
  WIRE_BYTES_PER_CHECK("wire_bytes_per_check", "On the wire per check", "B", false, true, 1),
  /// Garbage collections; shown, not compared.
  GC_COUNT("gc.count", "GC pauses", "", false, false, 1),
  /// The longest garbage collection pause; shown, not compared.
  GC_PAUSE_MS_MAX("gc.pause_ms_max", "GC, longest pause", "ms", false, false, 0.1);

  /// The percentiles of lateness, the worst last.
  public static final List<Metric> LATENESS =
      List.of(LATENESS_P50, LATENESS_P99, LATENESS_P99_9, LATENESS_MAX);

  /// The percentiles of the bare sleeping timer's lateness, the worst last.
  public static final List<Metric> FLOOR = List.of(FLOOR_P50, FLOOR_P99, FLOOR_P99_9, FLOOR_MAX);

  /// The percentiles of response times, the worst last.
  public static final List<Metric> RESPONSE =
      List.of(RESPONSE_P50, RESPONSE_P99, RESPONSE_P99_9, RESPONSE_MAX);

  private final String key;
  private final String label;
  private final String unit;
  private final boolean higherIsBetter;
  private final boolean compared;
  private final double floor;

  Metric(
      String key,
      String label,
      String unit,
      boolean higherIsBetter,
      boolean compared,
      double floor) {
    this.key = key;
    this.label = label;
    this.unit = unit;
    this.higherIsBetter = higherIsBetter;
    this.compared = compared;
    this.floor = floor;
  }

  /// The path in `report.json`, such as `lateness_us.p99`.
  public String key() {
    return key;
  }

  /// Its name for a reader.
  public String label() {
    return label;
  }

  /// The unit of its values; empty for a count.
  public String unit() {
    return unit;
  }

  /// Whether more is better.
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /// Whether variants are compared by it; the others are shown only.
  public boolean compared() {
    return compared;
  }

  /// The smallest value that is told apart from nothing: smaller ones are raised to it before a
  /// ratio is taken, so that 0 against 0.001 bytes is no infinite advantage.
  public double floor() {
    return floor;
  }

  /// Whether it differs with the rate of work at which it is taken: figures of two rates say
  /// nothing of who is better.
  public boolean dependsOnRate() {
    return isLatency() || this == CPU_US_PER_JOB;
  }

  /// Whether it is a latency, which a saturated run makes meaningless.
  public boolean isLatency() {
    return LATENESS.contains(this) || RESPONSE.contains(this);
  }
}
