package dev.cpra.harness.report;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.FlameLinks;
import dev.cpra.harness.result.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Writes and reads the files of evaluations.
public final class Reports {

  /// The raw trials beside the reports: everything that was observed.
  public static final String TRIALS = "trials.json";

  private Reports() {}

  /// Writes `trials.json`, `report.json`, `report.md` and `report.html` into a folder, creating it
  /// if need be and replacing older ones. Flame graphs of the same load that lie in the folder are
  /// linked. Each file appears whole or not at all.
  ///
  /// @return the summary that the reports were written from
  public static Summary write(Evaluation evaluation, Path folder) throws IOException {
    Summary summary = Summary.of(evaluation);
    write(summary, folder);
    return summary;
  }

  /// As [#write(Evaluation, Path)], of one that is summed up already.
  public static void write(Summary summary, Path folder) throws IOException {
    Evaluation evaluation = summary.evaluation();
    ResultFiles.writeEvaluation(evaluation, folder.resolve(TRIALS));
    write(JsonReport.write(summary), folder.resolve("report.json"));
    List<FlameLinks.Link> flames = flames(evaluation.load(), folder);
    write(MarkdownReport.write(summary, flames), folder.resolve("report.md"));
    write(HtmlReport.write(summary, flames), folder.resolve("report.html"));
  }

  private static List<FlameLinks.Link> flames(String load, Path folder) throws IOException {
    FlameLinks links = FlameLinks.read(folder);
    return links == null || !links.load().equals(load) ? List.of() : links.links();
  }

  /// Reads an evaluation back.
  ///
  /// @param path the folder of its reports, or its `trials.json`
  public static Evaluation read(Path path) throws IOException {
    Path file = path.endsWith(TRIALS) ? path : path.resolve(TRIALS);
    return ResultFiles.readEvaluation(file);
  }

  /// Writes `index.html` and `index.md`, which link the reports of several loads.
  public static void writeIndex(List<IndexEntry> entries, Path folder) throws IOException {
    write(MarkdownReport.writeIndex(entries), folder.resolve("index.md"));
    write(HtmlReport.writeIndex(entries), folder.resolve("index.html"));
  }

  private static void write(String text, Path file) throws IOException {
    ResultFiles.write(text.getBytes(StandardCharsets.UTF_8), file);
  }

  /// One load of an index.
  ///
  /// @param folder the folder of its reports, relative to the index
  /// @param summary what [#write] returned
  public record IndexEntry(String folder, Summary summary) {}
}
