package dev.cpra.harness.statistics;

import dev.cpra.harness.result.FaultResult;
import dev.cpra.harness.result.Histograms;
import dev.cpra.harness.result.LaneLatency;
import dev.cpra.harness.result.ManifestRead;
import dev.cpra.harness.result.Throughput;
import dev.cpra.harness.result.TrialResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The figures of one trial, its histograms decoded once.
///
/// @param trial where they come from
/// @param values by metric; a metric that does not apply is absent
/// @param lateness the pulse lane's lateness in microseconds; null if nothing was recorded
/// @param response the pulse lane's response times in microseconds; null if nothing was recorded
public record TrialFigures(
    TrialResult trial,
    Map<Metric, Double> values,
    @Nullable Histogram lateness,
    @Nullable Histogram response) {

  /// Takes the figures of a trial, whatever its status.
  public static TrialFigures of(TrialResult trial) {
    LaneLatency pulse = trial.latencies().get("pulse");
    Histogram lateness = pulse == null ? null : Histograms.decode(pulse.latenessUs());
    Histogram response = pulse == null ? null : Histograms.decode(pulse.responseUs());
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    putLatency(values, lateness, Metric.LATENESS);
    putLatency(values, response, Metric.RESPONSE);
    LaneLatency sleeper = trial.latencies().get(LaneLatency.SLEEPER);
    putLatency(
        values, sleeper == null ? null : Histograms.decode(sleeper.latenessUs()), Metric.FLOOR);
    putWork(values, trial);
    put(values, Metric.BYTES_PER_MONITOR, trial.memory().bytesPerMonitor());
    put(values, Metric.PEAK_RSS_MIB, trial.memory().peakRssMib());
    HeapTrend heap = HeapTrend.of(trial);
    put(values, Metric.HEAP_GROWTH, heap == null ? null : heap.mibPerHour().value());
    put(values, Metric.LOAD_MONITORS_PER_SECOND, trial.loadMonitorsPerSecond());
    ManifestRead manifest = trial.manifest();
    if (manifest != null) {
      put(values, Metric.MANIFEST_MS, manifest.ms());
      put(values, Metric.MANIFEST_PEAK_RSS_MIB, manifest.peakRssMib());
    }
    put(values, Metric.WIRE_BYTES_PER_CHECK, trial.wireBytesPerCheck());
    put(values, Metric.RECOVERY_MS, slowestRecovery(trial));
    if (trial.gc() != null) {
      put(values, Metric.GC_COUNT, (double) trial.gc().count());
      put(values, Metric.GC_PAUSE_MS_MAX, trial.gc().pauseMaxMs());
    }
    return new TrialFigures(trial, values, lateness, response);
  }

  /// A figure; null if it does not apply.
  public @Nullable Double get(Metric metric) {
    return values.get(metric);
  }

  private static void putLatency(
      Map<Metric, Double> values, @Nullable Histogram histogram, List<Metric> metrics) {
    if (histogram == null) {
      return;
    }
    values.put(metrics.get(0), (double) histogram.getValueAtPercentile(50));
    values.put(metrics.get(1), (double) histogram.getValueAtPercentile(99));
    values.put(metrics.get(2), (double) histogram.getValueAtPercentile(99.9));
    values.put(metrics.get(3), (double) histogram.getMaxValue());
  }

  private static void putWork(Map<Metric, Double> values, TrialResult trial) {
    Throughput throughput = trial.throughput();
    if (throughput == null) {
      return;
    }
    put(values, Metric.JOBS_PER_SECOND, throughput.jobsPerSecond());
    put(values, Metric.OFFERED_PER_SECOND, throughput.offeredJobsPerSecond());
    long jobs = throughput.measuredJobs();
    if (jobs <= 0) {
      return;
    }
    if (trial.cpu() != null) {
      values.put(Metric.CPU_US_PER_JOB, trial.cpu().totalUs() / jobs);
    }
    Long allocated = trial.memory().engineAllocatedBytes();
    if (allocated != null) {
      values.put(Metric.ALLOCATED_BYTES_PER_JOB, (double) allocated / jobs);
    }
  }

  private static @Nullable Double slowestRecovery(TrialResult trial) {
    Double slowest = null;
    for (FaultResult fault : trial.faults()) {
      Double recovery = fault.recoveryMs();
      if (recovery != null && (slowest == null || recovery > slowest)) {
        slowest = recovery;
      }
    }
    return slowest;
  }

  private static void put(Map<Metric, Double> values, Metric metric, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      values.put(metric, value);
    }
  }
}
