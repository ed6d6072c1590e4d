package dev.cpra.harness.report;

import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The verdict as `eval` prints it: at most 40 lines of 100 columns, no colours, no control
/// characters.
public final class TerminalSummary {

  private static final int COLUMNS = 100;
  private static final int LINES = 40;
  private static final int LABEL_COLUMNS = 30;
  private static final int THREATS_MAX = 4;

  private final List<String> lines = new ArrayList<>();

  private TerminalSummary() {}

  /// The text, its last line ended.
  public static String write(Summary summary) {
    TerminalSummary text = new TerminalSummary();
    text.wrapped("", clean(summary.evaluation().load()) + ": " + clean(summary.headline()));
    text.lines.add("");
    text.findings(summary);
    text.table(summary);
    text.threats(summary);
    return String.join("\n", text.lines.subList(0, Math.min(LINES, text.lines.size()))) + "\n";
  }

  private void findings(Summary summary) {
    for (Finding finding : summary.findings()) {
      wrapped("  ", finding.question() + ": " + clean(finding.sentence()));
    }
    if (!summary.findings().isEmpty()) {
      lines.add("");
    }
  }

  /// Numbers of at most three variants; more do not fit a line.
  private void table(Summary summary) {
    List<VariantSummary> shown =
        summary.variants().subList(0, Math.min(3, summary.variants().size()));
    int columns = shown.size() < 3 ? 24 : 22;
    StringBuilder header = new StringBuilder(pad("Median [low-high]", LABEL_COLUMNS));
    shown.forEach(variant -> header.append(lead(clean(variant.name()), columns)));
    boolean two = summary.variants().size() == 2;
    header.append(two ? lead("ratio", COLUMNS - LABEL_COLUMNS - 2 * columns) : "");
    lines.add(header.toString().stripTrailing());
    int room = LINES - lines.size() - 2 - Math.min(THREATS_MAX, summary.threats().size());
    for (Metric metric : Metric.values()) {
      if (room > 0 && metric.compared() && summary.has(metric)) {
        UnitScale scale = UnitScale.of(metric, summary.variants());
        StringBuilder line =
            new StringBuilder(pad(label(summary.label(metric), scale), LABEL_COLUMNS));
        shown.forEach(
            variant -> line.append(lead(scale.text(variant, metric).replace('–', '-'), columns)));
        if (two) {
          line.append(lead(ratio(summary, metric), COLUMNS - LABEL_COLUMNS - 2 * columns));
        }
        lines.add(line.toString().stripTrailing());
        room--;
      }
    }
  }

  private static String ratio(Summary summary, Metric metric) {
    Comparison comparison =
        summary.comparison(
            metric, summary.variants().get(0).name(), summary.variants().get(1).name());
    return comparison == null ? "" : RatioText.ratio(comparison);
  }

  private static String label(String name, UnitScale scale) {
    return scale.unit().isEmpty() ? name : name + ", " + scale.unit().replace('µ', 'u');
  }

  private void threats(Summary summary) {
    if (summary.threats().isEmpty()) {
      return;
    }
    lines.add("");
    List<String> threats = summary.threats();
    for (int index = 0; index < Math.min(THREATS_MAX, threats.size()); index++) {
      boolean more = index == THREATS_MAX - 1 && threats.size() > THREATS_MAX;
      lines.add(
          more
              ? "! and %d more limits: see the report".formatted(threats.size() - index)
              : cut("! " + clean(threats.get(index))));
    }
  }

  /// Breaks between words; what does not fit a line by itself is cut.
  private void wrapped(String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : Pattern.compile(" ").splitAsStream(text).toList()) {
      if (line.length() + word.length() + 1 > COLUMNS && !line.toString().isBlank()) {
        lines.add(cut(line.toString()));
        line = new StringBuilder(indent).append("    ");
      }
      line.append(line.toString().isBlank() ? "" : " ").append(word);
    }
    lines.add(cut(line.toString()));
  }

  private static String cut(String line) {
    return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 3) + "...";
  }

  private static String pad(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "." + width + "s", text);
  }

  /// Right-aligned, with a blank before it.
  private static String lead(String text, int width) {
    return String.format(Locale.ROOT, " %" + (width - 1) + "." + (width - 1) + "s", text);
  }

  /// A terminal obeys control characters: a hostile name must not reach it with any.
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }
}
