package dev.cpra.harness.gate;

import java.util.List;
import java.util.Locale;

/// A gate's result for a terminal, and the same as Markdown for a pull request.
final class GateText {
  /// What the widest line of the terminal table has.
  static final int WIDTH = 100;

  private GateText() {}

  /// For a terminal: two lines a row, none wider than [#WIDTH] but those of problems.
  static String terminal(GateResult result) {
    StringBuilder text = new StringBuilder();
    text.append(cut(headline(result))).append('\n');
    for (String problem : result.problems()) {
      text.append("  invalid: ").append(problem).append('\n');
    }
    for (Rows row : Rows.of(result)) {
      text.append(
              cut(
                  String.format(
                      Locale.ROOT,
                      "  %-6s %-30s %-30s %s",
                      mark(row.decision()),
                      row.subject(),
                      row.metric(),
                      row.found())))
          .append('\n')
          .append(cut("           limit " + row.limit() + "; " + row.evidence()))
          .append('\n');
    }
    for (GateResult.Tail tail : result.tails()) {
      text.append(cut("  shown  " + tail(tail))).append('\n');
    }
    for (CalibrationSummary summary : result.calibration()) {
      text.append(cut("  known  " + calibration(summary))).append('\n');
    }
    return text.toString();
  }

  /// As Markdown.
  static String markdown(GateResult result) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(headline(result)).append("\n\n");
    if (result.question() != null) {
      text.append(escape(result.question())).append("\n\n");
    }
    for (String problem : result.problems()) {
      text.append("- **invalid**: ").append(escape(problem)).append('\n');
    }
    text.append("\n| | load, engine | figure | found [95 % interval] | limit | evidence |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    for (Rows row : Rows.of(result)) {
      text.append("| ").append(mark(row.decision()));
      for (String cell :
          List.of(row.subject(), row.metric(), row.found(), row.limit(), row.evidence())) {
        text.append(" | ").append(escape(cell));
      }
      text.append(" |\n");
    }
    lists(result, text);
    return text.toString();
  }

  private static void lists(GateResult result, StringBuilder text) {
    if (!result.tails().isEmpty()) {
      text.append("\nTails, shown beside a control thread and never gated:\n\n");
      result.tails().forEach(tail -> text.append("- ").append(escape(tail(tail))).append('\n'));
    }
    if (!result.calibration().isEmpty()) {
      text.append("\nHow often this gate was right when it was calibrated:\n\n");
      result
          .calibration()
          .forEach(s -> text.append("- ").append(escape(calibration(s))).append('\n'));
    }
    var environment = result.environment();
    text.append("\n")
        .append(
            escape(
                "%s, %d cores, %s, commit %s%s"
                    .formatted(
                        environment.cpuModel(),
                        environment.cores(),
                        environment.jvm(),
                        environment.gitCommit(),
                        Boolean.TRUE.equals(environment.gitDirty()) ? " (changed)" : "")))
        .append('\n');
  }

  /// One line: the gate, its outcome, what was compared and how long it took.
  static String headline(GateResult result) {
    String outcome = result.outcome().name();
    String what =
        result.against() == null
            ? result.candidate()
            : result.candidate() + " against " + result.against();
    return String.format(
        Locale.ROOT, "gate %s: %s in %.0f s (%s)", result.gate(), outcome, result.seconds(), what);
  }

  private static String mark(Decision decision) {
    return switch (decision) {
      case PASS -> "ok";
      case REGRESSION -> "FAIL";
      case INCONCLUSIVE -> "?";
      case NOT_MEASURED, SHOWN -> "-";
    };
  }

  private static String tail(GateResult.Tail tail) {
    return String.format(
        Locale.ROOT,
        "%s, %s: p99 %,.0f µs, p99.9 %,.0f µs, max %,.0f µs (%,d values)",
        tail.who(),
        tail.figure(),
        tail.p99(),
        tail.p99_9(),
        tail.max(),
        tail.count());
  }

  static String calibration(CalibrationSummary summary) {
    return String.format(
        Locale.ROOT,
        "%s: %s in %d of %d runs [%.0f-%.0f %%]; regression %d, inconclusive %d",
        summary.planted(),
        summary.wanted().name().toLowerCase(Locale.ROOT),
        summary.right(),
        summary.runs(),
        100 * summary.low(),
        100 * summary.high(),
        summary.regressions(),
        summary.inconclusive());
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  private static String escape(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
  }
}
