package dev.cpra.harness.report;

import dev.cpra.harness.result.AlertCounts;
import dev.cpra.harness.result.LaneCounts;
import dev.cpra.harness.result.LedgerCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Shows each equation of a ledger with its figures, so that a reader can add them up.
final class LedgerTables {

  private LedgerTables() {}

  static List<HtmlView.Lane> of(Summary summary) {
    List<HtmlView.Lane> lanes = new ArrayList<>();
    lane(lanes, summary, "Pulse lane", LedgerCounts::pulse);
    lane(lanes, summary, "Intervention lane", LedgerCounts::intervention);
    lane(lanes, summary, "Code lane", LedgerCounts::code);
    alerts(lanes, summary);
    return lanes;
  }

  private static void lane(
      List<HtmlView.Lane> lanes,
      Summary summary,
      String name,
      Function<LedgerCounts, LaneCounts> which) {
    boolean idle =
        summary.variants().stream()
            .allMatch(variant -> which.apply(variant.ledger()).equals(LaneCounts.NONE));
    if (idle) {
      lanes.add(new HtmlView.Lane(name, List.of(), "No jobs."));
      return;
    }
    lanes.add(
        new HtmlView.Lane(
            name,
            List.of(
                equation(
                    summary,
                    List.of("due", "dispatched", "waiting", "missed", "cancelled"),
                    which.andThen(lane ->
                        figures(
                            lane.due(),
                            lane.dispatched(),
                            lane.waiting(),
                            lane.missed(),
                            lane.cancelled()))),
                equation(
                    summary,
                    List.of(
                        "dispatched",
                        "ok",
                        "failed",
                        "expired",
                        "cancelled in flight",
                        "in flight"),
                    which.andThen(lane ->
                        figures(
                            lane.dispatched(),
                            lane.ok(),
                            lane.failed(),
                            lane.expired(),
                            lane.cancelledInFlight(),
                            lane.inFlight()))),
                equation(
                    summary,
                    List.of("outcomes", "ok", "failed", "stale"),
                    which.andThen(
                        lane -> figures(lane.outcomes(), lane.ok(), lane.failed(), lane.stale())))),
            ""));
  }

  private static void alerts(List<HtmlView.Lane> lanes, Summary summary) {
    boolean none =
        summary.variants().stream()
            .allMatch(variant -> variant.ledger().alerts().equals(AlertCounts.NONE));
    if (none) {
      return;
    }
    StringBuilder skipped = new StringBuilder("Beside the account, skipped: ");
    for (VariantSummary variant : summary.variants()) {
      skipped
          .append(variant.color() == 0 ? "" : ", ")
          .append(variant.name())
          .append(' ')
          .append(Numbers.count(variant.ledger().alerts().skipped()));
    }
    HtmlView.Equation equation =
        equation(
            summary,
            List.of("raised", "delivered", "abandoned", "dropped", "queued"),
            ledger ->
                figures(
                    ledger.alerts().raised(),
                    ledger.alerts().delivered(),
                    ledger.alerts().abandoned(),
                    ledger.alerts().dropped(),
                    ledger.alerts().queued()));
    lanes.add(new HtmlView.Lane("Alerts", List.of(equation), skipped + "."));
  }

  private static HtmlView.Equation equation(
      Summary summary, List<String> terms, Function<LedgerCounts, long[]> figures) {
    List<HtmlView.EquationRow> rows = new ArrayList<>();
    for (VariantSummary variant : summary.variants()) {
      long[] row = figures.apply(variant.ledger());
      long sum = Arrays.stream(row, 1, row.length).sum();
      rows.add(
          new HtmlView.EquationRow(
              variant.name(),
              variant.color(),
              Arrays.stream(row).mapToObj(Numbers::count).toList(),
              row[0] == sum));
    }
    return new HtmlView.Equation(terms, rows);
  }

  private static long[] figures(long... figures) {
    return figures;
  }
}
