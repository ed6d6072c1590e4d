package dev.cpra.harness.report;

import dev.cpra.harness.result.TargetCheck;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The targets' own counts beside the ledger's, summed over each variant's trials.
final class TargetTable {

  private TargetTable() {}

  static List<HtmlView.Target> of(Summary summary) {
    Map<String, List<HtmlView.Target>> byTarget = new TreeMap<>();
    for (VariantSummary variant : summary.variants()) {
      Map<String, List<TargetCheck>> checks = new TreeMap<>();
      for (TrialFigures figures : variant.trials()) {
        for (TargetCheck check : figures.trial().targets()) {
          checks.computeIfAbsent(check.name(), _ -> new ArrayList<>()).add(check);
        }
      }
      checks.forEach((name, own) ->
          byTarget.computeIfAbsent(name, _ -> new ArrayList<>()).add(row(variant, name, own)));
    }
    return byTarget.values().stream().flatMap(List::stream).toList();
  }

  private static HtmlView.Target row(
      VariantSummary variant, String name, List<TargetCheck> checks) {
    long differ = checks.stream().filter(check -> Boolean.FALSE.equals(check.agrees())).count();
    long agree = checks.stream().filter(check -> Boolean.TRUE.equals(check.agrees())).count();
    return new HtmlView.Target(
        variant.name(),
        variant.color(),
        name,
        checks.getFirst().kind(),
        sum(checks, TargetCheck::acceptedConnections),
        sum(checks, TargetCheck::requests),
        sum(checks, TargetCheck::pulses),
        sum(checks, TargetCheck::expected),
        verdict(agree, differ, checks.size()),
        differ > 0);
  }

  private static String verdict(long agree, long differ, int trials) {
    if (differ > 0) {
      return "differs in %d of %d trials".formatted(differ, trials);
    }
    return agree == 0 ? "not exactly known" : "agrees in %d of %d trials".formatted(agree, trials);
  }

  /// A dash if any trial has no such count: a sum over some would look like a sum over all.
  private static String sum(List<TargetCheck> checks, Function<TargetCheck, @Nullable Long> which) {
    long sum = 0;
    for (TargetCheck check : checks) {
      Long count = which.apply(check);
      if (count == null) {
        return "–";
      }
      sum += count;
    }
    return Numbers.count(sum);
  }
}
