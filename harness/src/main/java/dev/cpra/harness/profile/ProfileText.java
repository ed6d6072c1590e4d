package dev.cpra.harness.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Profiles as lines for the terminal and as Markdown, from the same rows. Stateless.
final class ProfileText {
  private static final int ROWS = 15;
  private static final int OTHER_ROWS = 5;
  private static final int THREADS = 5;
  private static final String ENGINE = "engine";

  private ProfileText() {}

  /// A heading and its table; the first row is the table's head.
  record Table(String heading, List<List<String>> rows) {}

  /// What was sampled, in one line.
  static String head(Profiled profiled) {
    return String.format(
        Locale.ROOT,
        "%s, %s by %s: %,d samples in %.1f s of measured phases, %,.0f jobs/s with the profiler on",
        profiled.variant(),
        profiled.event().key(),
        profiled.started(),
        profiled.samples(),
        profiled.seconds(),
        profiled.seconds() == 0 ? 0 : profiled.jobs() / profiled.seconds());
  }

  /// The largest threads' shares, in one line.
  static String threads(Profiled profiled) {
    long total = Math.max(1, profiled.stacks().total());
    var byThread = profiled.stacks().byThread();
    String shares =
        byThread.entrySet().stream()
            .limit(THREADS)
            .map(entry -> "%s %s %%".formatted(entry.getKey(), percent(entry.getValue(), total)))
            .collect(Collectors.joining(", "));
    return byThread.containsKey(ENGINE) ? shares : shares + "; no sample in the engine's thread";
  }

  /// The top frames of the engine's thread and those of all others.
  static List<Table> tables(Profiled profiled) {
    List<Table> tables = new ArrayList<>();
    Stacks stacks = profiled.tabled();
    Stacks engine = stacks.ofThreads(ENGINE::equals);
    Stacks others = stacks.ofThreads(thread -> !thread.equals(ENGINE));
    if (engine.total() > 0) {
      tables.add(top("the engine's thread", profiled, engine, ROWS));
    }
    if (others.total() > 0) {
      tables.add(
          top("all other threads", profiled, others, engine.total() > 0 ? OTHER_ROWS : ROWS));
    }
    return tables;
  }

  private static Table top(String heading, Profiled profiled, Stacks stacks, int limit) {
    List<List<String>> rows = new ArrayList<>();
    String perJob = profiled.event().unit().symbol() + "/job";
    rows.add(List.of("self %", "total %", "self " + perJob, "total " + perJob, heading));
    long total = stacks.total();
    for (TopFrames.Row row : TopFrames.bySelf(stacks, limit)) {
      rows.add(
          List.of(
              percent(row.self(), total),
              percent(row.total(), total),
              number(profiled.perJob(row.self())),
              number(profiled.perJob(row.total())),
              row.label()));
    }
    return new Table(heading, List.copyOf(rows));
  }

  /// Where two profiles differ most.
  static Table difference(Profiled before, Profiled after) {
    List<List<String>> rows = new ArrayList<>();
    String unit = before.event().unit().symbol() + "/job";
    rows.add(List.of(before.variant(), after.variant(), "more", "self " + unit + ", all threads"));
    for (FrameDifferences.Row row : FrameDifferences.largest(before, after, ROWS)) {
      rows.add(
          List.of(
              number(row.before()),
              number(row.after()),
              (row.difference() > 0 ? "+" : "") + number(row.difference()),
              row.label()));
    }
    return new Table(
        "%s against %s, self %s of all threads".formatted(after.variant(), before.variant(), unit),
        List.copyOf(rows));
  }

  /// A table with aligned columns; the last one is text, the others numbers.
  static String terminal(Table table) {
    int columns = table.rows().getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : table.rows()) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : table.rows()) {
      for (int c = 0; c < columns - 1; c++) {
        text.append("  ").repeat(" ", widths[c] - row.get(c).length()).append(row.get(c));
      }
      text.append("  ").append(row.getLast()).append('\n');
    }
    return text.toString();
  }

  /// The same in Markdown.
  static String markdown(Table table) {
    StringBuilder text = new StringBuilder();
    List<String> head = table.rows().getFirst();
    text.append("| ").append(String.join(" | ", head)).append(" |\n|");
    text.append(" ---: |".repeat(head.size() - 1)).append(" --- |\n");
    for (List<String> row : table.rows().subList(1, table.rows().size())) {
      text.append("| ").append(String.join(" | ", row.subList(0, row.size() - 1)));
      text.append(" | `")
          .append(row.getLast().replace("|", "\\|").replace('`', '\''))
          .append("` |\n");
    }
    return text.append('\n').toString();
  }

  private static String percent(long part, long total) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * part / Math.max(1, total));
  }

  /// Three digits that matter.
  static String number(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "-";
    }
    if (value == 0) {
      return "0";
    }
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
  }
}
