package dev.cpra.harness.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cpra.harness.result.AlertCounts;
import dev.cpra.harness.result.LaneCounts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// The shape of `report.json`, as `docs/report.schema.json` has it. Its names are a contract.
@JsonNaming(SnakeCaseStrategy.class)
record ReportJson(
    int format,
    String load,
    @Nullable String question,
    String drive,
    String command,
    String started,
    String ended,
    boolean valid,
    EnvironmentJson environment,
    Map<String, EngineJson> engines,
    List<ComparisonJson> comparisons,
    String headline,
    List<FindingJson> findings,
    List<String> threats) {

  /// Where it ran.
  @JsonNaming(SnakeCaseStrategy.class)
  record EnvironmentJson(
      @Nullable String cpuModel,
      int cores,
      @Nullable Long memoryMib,
      @Nullable String kernel,
      @Nullable String jvm,
      @Nullable String governor,
      @Nullable String gitCommit,
      @Nullable Boolean gitDirty,
      @Nullable Double hiccupP99Us,
      @Nullable Double hiccupMaxUs,
      @Nullable Double stealPercent) {}

  /// One variant.
  @JsonNaming(SnakeCaseStrategy.class)
  record EngineJson(
      String engine,
      Map<String, String> options,
      List<String> jvmFlags,
      int shards,
      @Nullable SpreadJson jobsPerSecond,
      @Nullable SpreadJson highestRateKept,
      @Nullable LatencyJson floorUs,
      @Nullable LatencyJson latenessUs,
      @Nullable LatencyJson responseUs,
      @Nullable Double bytesPerMonitor,
      @Nullable Double allocatedBytesPerJob,
      @Nullable Double cpuUsPerJob,
      @Nullable Double loadMonitorsPerSecond,
      @Nullable SpreadJson manifestMs,
      @Nullable SpreadJson manifestPeakRssMib,
      @Nullable Double recoveryMs,
      @Nullable Double wireBytesPerCheck,
      @Nullable GcJson gc,
      @Nullable Double peakRssMib,
      LedgerJson ledger,
      boolean balanced,
      TrialsJson trials,
      @Nullable Double offeredJobsPerSecond,
      Map<String, Double> cpuUsPerJobByThread,
      @Nullable SleepJson sleep,
      List<HeapJson> heapAfterGc,
      Map<String, SpreadJson> spreads) {}

  /// How the threads of its trials slept.
  @JsonNaming(SnakeCaseStrategy.class)
  record SleepJson(double spinUs, @Nullable Double timerSlackUs) {}

  /// What the heap of one trial held after collections, and its growth with a 95 % interval.
  @JsonNaming(SnakeCaseStrategy.class)
  record HeapJson(
      int samples,
      double firstMib,
      double lastMib,
      double mibPerHour,
      double mibPerHourLow,
      double mibPerHourHigh) {}

  /// A median and its interval; `kind` says what the interval is.
  record SpreadJson(double median, double low, double high, int samples, String kind) {}

  /// Medians over trials, and the worst of all trials.
  record LatencyJson(double p50, double p99, @JsonProperty("p99_9") double p999, double max) {}

  /// Median count of pauses, and the longest of all trials.
  @JsonNaming(SnakeCaseStrategy.class)
  record GcJson(double count, double pauseMsMax) {}

  /// How many trials ran, how many are compared, how many of those were saturated.
  record TrialsJson(int run, int compared, long saturated) {}

  /// The account, summed over trials.
  record LedgerJson(LaneJson pulse, LaneJson intervention, CodeJson code) {}

  /// One lane.
  @JsonNaming(SnakeCaseStrategy.class)
  record LaneJson(
      long due,
      long dispatched,
      long waiting,
      long missed,
      long cancelled,
      long ok,
      long failed,
      long expired,
      long cancelledInFlight,
      long inFlight,
      long stale,
      long outcomes,
      @Nullable Double successRate) {

    static LaneJson of(LaneCounts lane) {
      return new LaneJson(
          lane.due(),
          lane.dispatched(),
          lane.waiting(),
          lane.missed(),
          lane.cancelled(),
          lane.ok(),
          lane.failed(),
          lane.expired(),
          lane.cancelledInFlight(),
          lane.inFlight(),
          lane.stale(),
          lane.outcomes(),
          successRate(lane));
    }

    private static @Nullable Double successRate(LaneCounts lane) {
      long ended = lane.ok() + lane.failed() + lane.expired();
      return ended == 0 ? null : (double) lane.ok() / ended;
    }
  }

  /// The code lane, and the alerts it delivers.
  record CodeJson(
      @JsonUnwrapped LaneJson lane,
      long raised,
      long delivered,
      long abandoned,
      long dropped,
      long queued,
      long skipped) {

    static CodeJson of(LaneCounts lane, AlertCounts alerts) {
      return new CodeJson(
          LaneJson.of(lane),
          alerts.raised(),
          alerts.delivered(),
          alerts.abandoned(),
          alerts.dropped(),
          alerts.queued(),
          alerts.skipped());
    }
  }

  /// One metric of two variants; the ratio is a's figure / b's.
  @JsonNaming(SnakeCaseStrategy.class)
  record ComparisonJson(
      String metric,
      String a,
      String b,
      @Nullable Double ratio,
      @Nullable Double low,
      @Nullable Double high,
      String verdict,
      int pairs,
      @Nullable String test,
      @Nullable Double pAdjusted,
      @Nullable Double smallestEffectPercent,
      @Nullable String note) {}

  /// The answer to one question.
  record FindingJson(String metric, String question, @Nullable String winner, String sentence) {}
}
