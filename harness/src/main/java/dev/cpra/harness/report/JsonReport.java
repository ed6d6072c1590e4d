package dev.cpra.harness.report;

import dev.cpra.harness.report.ReportJson.CodeJson;
import dev.cpra.harness.report.ReportJson.ComparisonJson;
import dev.cpra.harness.report.ReportJson.EngineJson;
import dev.cpra.harness.report.ReportJson.EnvironmentJson;
import dev.cpra.harness.report.ReportJson.FindingJson;
import dev.cpra.harness.report.ReportJson.GcJson;
import dev.cpra.harness.report.ReportJson.HeapJson;
import dev.cpra.harness.report.ReportJson.LaneJson;
import dev.cpra.harness.report.ReportJson.LatencyJson;
import dev.cpra.harness.report.ReportJson.LedgerJson;
import dev.cpra.harness.report.ReportJson.SleepJson;
import dev.cpra.harness.report.ReportJson.SpreadJson;
import dev.cpra.harness.report.ReportJson.TrialsJson;
import dev.cpra.harness.result.Environment;
import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.Jvm;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.result.Sleep;
import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.HeapTrend;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.PairedTest;
import dev.cpra.harness.statistics.Slope;
import dev.cpra.harness.statistics.Spread;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes `report.json`.
final class JsonReport {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  static String write(Summary summary) {
    return MAPPER.writeValueAsString(of(summary)) + "\n";
  }

  static ReportJson of(Summary summary) {
    Evaluation evaluation = summary.evaluation();
    Map<String, EngineJson> engines = new LinkedHashMap<>();
    for (VariantSummary variant : summary.variants()) {
      engines.put(variant.name(), engine(variant, summary.ramp()));
    }
    return new ReportJson(
        Evaluation.FORMAT,
        evaluation.load(),
        evaluation.question(),
        evaluation.drive(),
        evaluation.command(),
        evaluation.started().toString(),
        evaluation.ended().toString(),
        summary.valid(),
        environment(evaluation.environment()),
        engines,
        summary.comparisons().stream().map(JsonReport::comparison).toList(),
        summary.headline(),
        summary.findings().stream().map(JsonReport::finding).toList(),
        summary.threats());
  }

  private static EnvironmentJson environment(Environment environment) {
    Noise noise = environment.noise();
    return new EnvironmentJson(
        environment.cpuModel(),
        environment.cores(),
        environment.memoryMib(),
        environment.kernel(),
        environment.jvm(),
        environment.governor(),
        environment.gitCommit(),
        environment.gitDirty(),
        noise.hiccupP99Us(),
        noise.hiccupMaxUs(),
        noise.stealPercent());
  }

  private static EngineJson engine(VariantSummary variant, boolean ramp) {
    return new EngineJson(
        variant.variant().engine(),
        variant.variant().options(),
        variant.variant().jvm(),
        variant.variant().shards(),
        spread(variant.spread(Metric.JOBS_PER_SECOND)),
        ramp ? spread(variant.spread(Metric.JOBS_PER_SECOND)) : null,
        latency(variant, Metric.FLOOR),
        latency(variant, Metric.LATENESS),
        latency(variant, Metric.RESPONSE),
        variant.value(Metric.BYTES_PER_MONITOR),
        variant.value(Metric.ALLOCATED_BYTES_PER_JOB),
        variant.value(Metric.CPU_US_PER_JOB),
        variant.value(Metric.LOAD_MONITORS_PER_SECOND),
        spread(variant.spread(Metric.MANIFEST_MS)),
        spread(variant.spread(Metric.MANIFEST_PEAK_RSS_MIB)),
        variant.value(Metric.RECOVERY_MS),
        variant.value(Metric.WIRE_BYTES_PER_CHECK),
        gc(variant),
        variant.value(Metric.PEAK_RSS_MIB),
        ledger(variant.ledger()),
        variant.balanced(),
        new TrialsJson(variant.trials().size(), variant.comparable().size(), variant.saturated()),
        variant.offeredJobsPerSecond(),
        variant.cpuUsPerJob(),
        sleep(variant),
        heap(variant),
        spreads(variant));
  }

  private static @Nullable SleepJson sleep(VariantSummary variant) {
    for (TrialFigures figures : variant.trials()) {
      Jvm jvm = figures.trial().jvm();
      Sleep sleep = jvm == null ? null : jvm.sleep();
      if (sleep != null) {
        Long slack = sleep.timerSlackNanos();
        return new SleepJson(
            sleep.spinNanos() / 1e3, slack == null ? null : Double.valueOf(slack / 1e3));
      }
    }
    return null;
  }

  private static List<HeapJson> heap(VariantSummary variant) {
    List<HeapJson> trends = new ArrayList<>();
    for (TrialFigures figures : variant.comparable()) {
      HeapTrend trend = HeapTrend.of(figures.trial());
      if (trend != null) {
        Slope slope = trend.mibPerHour();
        trends.add(
            new HeapJson(
                slope.samples(),
                trend.firstMib(),
                trend.lastMib(),
                slope.value(),
                slope.low(),
                slope.high()));
      }
    }
    return trends;
  }

  private static Map<String, SpreadJson> spreads(VariantSummary variant) {
    Map<String, SpreadJson> spreads = new LinkedHashMap<>();
    variant.spreads().forEach((metric, spread) -> spreads.put(metric.key(), json(spread)));
    return spreads;
  }

  private static @Nullable SpreadJson spread(@Nullable Spread spread) {
    return spread == null ? null : json(spread);
  }

  private static SpreadJson json(Spread spread) {
    return new SpreadJson(
        spread.median(),
        spread.low(),
        spread.high(),
        spread.samples(),
        spread.kind().name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable LatencyJson latency(VariantSummary variant, List<Metric> metrics) {
    Double p50 = variant.value(metrics.get(0));
    Double p99 = variant.value(metrics.get(1));
    Double p999 = variant.value(metrics.get(2));
    Double max = variant.value(metrics.get(3));
    return p50 == null || p99 == null || p999 == null || max == null
        ? null
        : new LatencyJson(p50, p99, p999, max);
  }

  private static @Nullable GcJson gc(VariantSummary variant) {
    Double count = variant.value(Metric.GC_COUNT);
    Double longest = variant.value(Metric.GC_PAUSE_MS_MAX);
    return count == null || longest == null ? null : new GcJson(count, longest);
  }

  private static LedgerJson ledger(LedgerCounts ledger) {
    return new LedgerJson(
        LaneJson.of(ledger.pulse()),
        LaneJson.of(ledger.intervention()),
        CodeJson.of(ledger.code(), ledger.alerts()));
  }

  private static ComparisonJson comparison(Comparison comparison) {
    PairedTest test = comparison.test();
    return new ComparisonJson(
        comparison.metric().key(),
        comparison.a(),
        comparison.b(),
        comparison.ratio(),
        comparison.low(),
        comparison.high(),
        comparison.verdictText(),
        comparison.pairs(),
        test == null ? null : test.label(),
        comparison.pAdjusted(),
        comparison.smallestEffectPercent(),
        comparison.note());
  }

  private static FindingJson finding(Finding finding) {
    return new FindingJson(
        finding.metric().key(), finding.question(), finding.winner(), finding.sentence());
  }
}
