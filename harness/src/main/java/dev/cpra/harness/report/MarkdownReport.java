package dev.cpra.harness.report;

import dev.cpra.harness.report.Reports.IndexEntry;
import dev.cpra.harness.result.AlertCounts;
import dev.cpra.harness.result.FlameLinks;
import dev.cpra.harness.result.LaneCounts;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Metric;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes `report.md`, short enough for a pull request.
final class MarkdownReport {

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String write(Summary summary) {
    return write(summary, List.of());
  }

  /// @param flames the flame graphs that lie beside the report
  static String write(Summary summary, List<FlameLinks.Link> flames) {
    MarkdownReport report = new MarkdownReport();
    report.verdict(summary);
    report.scorecard(summary);
    report.heap(summary);
    report.ledgers(summary);
    report.flames(flames);
    report.threats(summary);
    report.footer(summary);
    return report.text.toString();
  }

  static String writeIndex(List<IndexEntry> entries) {
    MarkdownReport report = new MarkdownReport();
    report.line("# Evaluations");
    report.line("");
    for (IndexEntry entry : entries) {
      report.line(
          "- [%s](%s/report.html): %s"
              .formatted(
                  escape(entry.summary().evaluation().load()),
                  URLEncoder.encode(entry.folder(), StandardCharsets.UTF_8).replace("+", "%20"),
                  escape(entry.summary().headline())));
    }
    return report.text.toString();
  }

  private void verdict(Summary summary) {
    line("## " + escape(summary.evaluation().load()));
    line("");
    String question = summary.evaluation().question();
    if (question != null) {
      line("_" + escape(question) + "_");
      line("");
    }
    line("**" + escape(summary.headline()) + "**");
    line("");
    for (Finding finding : summary.findings()) {
      line("- " + escape(finding.question()) + " — " + escape(finding.sentence()));
    }
    line("");
  }

  private void scorecard(Summary summary) {
    List<String> header = new ArrayList<>(List.of("Median [low–high]"));
    summary.variants().forEach(variant -> header.add(escape(variant.name())));
    boolean two = summary.variants().size() == 2;
    if (two) {
      header.add("Ratio [95 %]");
      header.add("Verdict");
    }
    row(header);
    row(header.stream().map(cell -> cell.equals(header.getFirst()) ? "---" : "---:").toList());
    for (Metric metric : Metric.values()) {
      if (summary.has(metric)) {
        row(cells(summary, metric, two));
      }
    }
    line("");
  }

  private static List<String> cells(Summary summary, Metric metric, boolean two) {
    UnitScale scale = UnitScale.of(metric, summary.variants());
    List<String> cells = new ArrayList<>();
    cells.add(summary.label(metric) + (scale.unit().isEmpty() ? "" : ", " + scale.unit()));
    summary.variants().forEach(variant -> cells.add(scale.text(variant, metric)));
    if (two) {
      Comparison comparison =
          summary.comparison(
              metric, summary.variants().get(0).name(), summary.variants().get(1).name());
      cells.add(comparison == null ? "" : RatioText.withInterval(comparison));
      cells.add(comparison == null ? "" : escape(RatioText.verdict(comparison)));
    }
    return cells;
  }

  private void heap(Summary summary) {
    for (String sentence : HeapReport.sentences(summary)) {
      line(escape(sentence));
      line("");
    }
  }

  private void ledgers(Summary summary) {
    row(
        List.of(
            "Ledger",
            "due",
            "dispatched",
            "ok",
            "failed",
            "expired",
            "missed",
            "stale",
            "balanced"));
    row(List.of("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---"));
    for (VariantSummary variant : summary.variants()) {
      LedgerCounts ledger = variant.ledger();
      lane(variant, "pulse", ledger.pulse());
      lane(variant, "intervention", ledger.intervention());
      lane(variant, "code", ledger.code());
    }
    line("");
    for (VariantSummary variant : summary.variants()) {
      AlertCounts alerts = variant.ledger().alerts();
      if (!alerts.equals(AlertCounts.NONE)) {
        line(
            "Alerts, %s: %s raised = %s delivered + %s abandoned + %s dropped + %s queued."
                .formatted(
                    escape(variant.name()),
                    Numbers.count(alerts.raised()),
                    Numbers.count(alerts.delivered()),
                    Numbers.count(alerts.abandoned()),
                    Numbers.count(alerts.dropped()),
                    Numbers.count(alerts.queued())));
        line("");
      }
    }
  }

  private void lane(VariantSummary variant, String lane, LaneCounts counts) {
    if (counts.equals(LaneCounts.NONE)) {
      return;
    }
    row(
        List.of(
            escape(variant.name()) + ", " + lane,
            Numbers.count(counts.due()),
            Numbers.count(counts.dispatched()),
            Numbers.count(counts.ok()),
            Numbers.count(counts.failed()),
            Numbers.count(counts.expired()),
            Numbers.count(counts.missed()),
            Numbers.count(counts.stale()),
            counts.balanced() && variant.balanced() ? "yes" : "**no**"));
  }

  private void flames(List<FlameLinks.Link> flames) {
    if (flames.isEmpty()) {
      return;
    }
    line("Flame graphs, of runs of their own:");
    line("");
    for (FlameLinks.Link link : flames) {
      line(
          "- [%s](%s/%s)"
              .formatted(
                  escape(link.caption()),
                  FlameLinks.FOLDER,
                  URLEncoder.encode(link.graph(), StandardCharsets.UTF_8).replace("+", "%20")));
    }
    line("");
  }

  private void threats(Summary summary) {
    if (summary.threats().isEmpty()) {
      return;
    }
    line("<details><summary>What limits this (" + summary.threats().size() + ")</summary>");
    line("");
    summary.threats().forEach(threat -> line("- " + escape(threat)));
    line("");
    line("</details>");
    line("");
  }

  private void footer(Summary summary) {
    String sleep = SleepText.words(summary);
    if (sleep != null) {
      line("Sleep: " + escape(sleep) + ".");
      line("");
    }
    line("Again: " + code(summary.evaluation().command()));
  }

  private void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /// A command in a fence longer than any run of backticks in it.
  private static String code(String command) {
    String flat = command.replaceAll("\\s+", " ").strip();
    String fence = "`";
    while (flat.contains(fence)) {
      fence += "`";
    }
    return fence.length() == 1 ? fence + flat + fence : fence + " " + flat + " " + fence;
  }

  /// Plain text in Markdown: nothing in it is markup, HTML, a mention, a link or a new line.
  static String escape(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (char character : plain.replaceAll("\\s+", " ").strip().toCharArray()) {
      switch (character) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '@' -> escaped.append("&#64;");
        case ':' -> escaped.append(plain.contains("://") ? "&#58;" : ":");
        case '\\', '`', '*', '_', '[', ']', '#', '|', '~', '!' ->
            escaped.append('\\').append(character);
        default -> escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
