package dev.cpra.harness.gate;

import dev.cpra.harness.result.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// All runs of a gate so far: a file that grows by a line a run, and a page that draws it.
final class History {
  private final String gate;
  private final Path page;
  private final JsonLines<HistoryLine> lines;

  private History(String gate, Path folder) {
    this.gate = gate;
    this.page = folder.resolve(gate + ".html");
    this.lines = new JsonLines<>(folder.resolve(gate + ".jsonl"), HistoryLine.class);
  }

  /// That of a gate.
  ///
  /// @param reports the folder that holds `history`
  static History of(String gate, Path reports) {
    return new History(gate, reports.resolve("history"));
  }

  /// Appends a run. One that is invalid measured nothing.
  void append(GateResult result) throws IOException {
    if (result.outcome() != GateResult.Outcome.INVALID) {
      lines.append(HistoryLine.of(result));
    }
  }

  /// Writes the page; returns where.
  Path draw() throws IOException {
    String html = HistoryPage.html(gate, lines.read());
    ResultFiles.write(html.getBytes(StandardCharsets.UTF_8), page);
    return page;
  }
}
