package dev.cpra.harness.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// JMH's results as rows: what was measured, the score with its error, unit and sample count, and
/// the bytes allocated per operation. Stateless.
final class MicroTable {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private MicroTable() {}

  /// One benchmark with one set of parameters.
  ///
  /// @param name class and method
  /// @param parameters as `name=value`
  /// @param error half the 99.9 % interval of the mean; not a number with fewer than three samples
  /// @param allocated bytes per operation; not a number if not measured
  record Row(
      String name,
      String parameters,
      double score,
      double error,
      String unit,
      long samples,
      double allocated) {}

  /// The rows, by name and then as the parameters were given.
  static List<Row> rows(Collection<RunResult> results) {
    return results.stream().map(MicroTable::row).sorted(Comparator.comparing(Row::name)).toList();
  }

  private static Row row(RunResult result) {
    BenchmarkParams params = result.getParams();
    Result<?> primary = result.getPrimaryResult();
    return new Row(
        shortName(params.getBenchmark()),
        params.getParamsKeys().stream()
            .map(key -> key + "=" + params.getParam(key))
            .collect(Collectors.joining(", ")),
        primary.getScore(),
        primary.getScoreError(),
        primary.getScoreUnit(),
        primary.getSampleCount(),
        allocated(result));
  }

  private static double allocated(RunResult result) {
    Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
    return bytes == null ? Double.NaN : bytes.getScore();
  }

  /// `dev.cpra.engine.kit.TimingWheelBenchmark.insert` as `TimingWheel.insert`.
  static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    int type = benchmark.lastIndexOf('.', method - 1);
    return benchmark.substring(type + 1).replace("Benchmark.", ".");
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.name(),
        row.parameters(),
        number(row.score()),
        Double.isNaN(row.error()) ? "-" : "± " + number(row.error()),
        row.unit(),
        String.valueOf(row.samples()),
        Double.isNaN(row.allocated()) ? "-" : number(row.allocated()));
  }

  private static final List<String> HEAD =
      List.of("benchmark", "with", "score", "error (99.9 %)", "unit", "samples", "B/op");

  /// For the terminal.
  static String terminal(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        String space = " ".repeat(widths[c] - line.get(c).length());
        boolean words = c < 2 || c == 4;
        text.append(words ? line.get(c) + space : space + line.get(c));
        text.append(c == widths.length - 1 ? "\n" : "  ");
      }
    }
    return text.toString();
  }

  /// For a page.
  static String markdown(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", HEAD)).append(" |\n");
    text.append("| --- | --- | ---: | ---: | --- | ---: | ---: |\n");
    rows.forEach(row -> text.append("| ").append(String.join(" | ", cells(row))).append(" |\n"));
    return text.toString();
  }

  /// Three digits that matter, more of large numbers.
  static String number(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    if (size < 0.0001) {
      return "< 0.0001";
    }
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }
}
