package dev.cpra.harness.simulate;

import dev.cpra.harness.result.LaneCounts;
import dev.cpra.harness.result.LedgerCounts;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A simulation's result for people, and for programs. Stateless.
public final class SimulateText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SimulateText() {}

  /// The result as JSON.
  public static String json(SimulateResult result) {
    return MAPPER.writeValueAsString(result) + "\n";
  }

  /// The result in words.
  public static String words(SimulateResult result) {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    result.failures().forEach(failed -> failure(failed, lines));
    result.runs().forEach(run -> ledgers(run, lines));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s on %s: %s",
            result.load(),
            String.join(", ", result.engines()),
            verdict(result)));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s of virtual time in %.1f s (%,.0f times as fast), %,d events",
            time(result.virtualSeconds()),
            result.wallSeconds(),
            result.virtualSeconds() / Math.max(1e-9, result.wallSeconds()),
            result.events()));
    return lines.toString();
  }

  private static String verdict(SimulateResult result) {
    String seeds =
        result.seeds() == 1
            ? "seed " + result.firstSeed()
            : String.format(Locale.ROOT, "%,d seeds from %d", result.seeds(), result.firstSeed());
    if (result.failures().isEmpty()) {
      return seeds
          + (result.engines().size() == 1
              ? " passed every checker"
              : " passed every checker, traces equal");
    }
    return String.format(Locale.ROOT, "%s, %,d FAILED", seeds, result.failures().size());
  }

  private static void failure(FailedSeed failed, StringJoiner lines) {
    lines.add(
        "seed %d failed in `%s`, %s: %s"
            .formatted(
                failed.seed(),
                failed.failure().checker(),
                String.join(", ", failed.failure().engines()),
                failed.failure().message()));
    lines.add("  " + failed.size() + ": " + failed.shrunk().message());
    lines.add("  replay: " + failed.replay());
    failed.faults().forEach(line -> lines.add("  " + line));
    failed.story().forEach(line -> lines.add("    " + line));
    lines.add("");
  }

  private static void ledgers(SeedResult run, StringJoiner lines) {
    for (Map.Entry<String, SeedResult.EngineRun> its : run.engines().entrySet()) {
      LedgerCounts ledger = its.getValue().ledger();
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %.1f s, %,d ticks, %,d monitors followed by the oracle",
              its.getKey(),
              its.getValue().wallSeconds(),
              its.getValue().ticks(),
              its.getValue().followed()));
      lane(lines, "pulse", ledger.pulse());
      lane(lines, "intervention", ledger.intervention());
      lane(lines, "code", ledger.code());
    }
  }

  private static void lane(StringJoiner lines, String name, LaneCounts a) {
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-12s due %,d = dispatched %,d + missed %,d + cancelled %,d; ok %,d, failed %,d,"
                + " expired %,d, cancelled in flight %,d; stale %,d",
            name,
            a.due(),
            a.dispatched(),
            a.missed(),
            a.cancelled(),
            a.ok(),
            a.failed(),
            a.expired(),
            a.cancelledInFlight(),
            a.stale()));
  }

  /// So many seconds, readable.
  static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long days = whole / 86_400;
    String rest =
        String.format(
            Locale.ROOT, "%d:%02d:%02d h", whole % 86_400 / 3_600, whole % 3_600 / 60, whole % 60);
    return days == 0 ? rest : days + " d " + rest;
  }
}
