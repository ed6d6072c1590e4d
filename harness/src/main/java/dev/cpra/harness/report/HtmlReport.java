package dev.cpra.harness.report;

import dev.cpra.harness.report.Reports.IndexEntry;
import dev.cpra.harness.result.FlameLinks;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes `report.html` and `index.html`: one file each, without scripts and without a network.
/// Both are well-formed XML too.
final class HtmlReport {

  /// Compiled with the harness; nothing is looked up on disk.
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);

  private HtmlReport() {}

  static String write(Summary summary) {
    return write(summary, List.of());
  }

  /// @param flames the flame graphs that lie beside the report
  static String write(Summary summary, List<FlameLinks.Link> flames) {
    StringOutput output = new StringOutput(1 << 18);
    TEMPLATES.render("report.jte", HtmlViews.of(summary, flames), output);
    return output.toString();
  }

  static String writeIndex(List<IndexEntry> entries) {
    StringOutput output = new StringOutput();
    TEMPLATES.render("index.jte", entries.stream().map(HtmlReport::row).toList(), output);
    return output.toString();
  }

  private static IndexRow row(IndexEntry entry) {
    Summary summary = entry.summary();
    String question = summary.evaluation().question();
    return new IndexRow(
        URLEncoder.encode(entry.folder(), StandardCharsets.UTF_8).replace("+", "%20")
            + "/report.html",
        summary.evaluation().load(),
        question == null ? "" : question,
        summary.headline(),
        summary.valid());
  }
}
