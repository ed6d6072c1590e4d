package dev.cpra.harness.report;

import dev.cpra.harness.result.EvaluationFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes the fixtures' reports into a folder, to be looked at in a browser.
final class RenderFixture {

  private RenderFixture() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Summary two = Reports.write(EvaluationFixture.twoVariants(8), folder.resolve("two"));
    Summary three = Reports.write(EvaluationFixture.threeVariants(5), folder.resolve("three"));
    Reports.writeIndex(
        List.of(new Reports.IndexEntry("two", two), new Reports.IndexEntry("three", three)),
        folder);
    System.out.print(TerminalSummary.write(two));
    System.out.print(TerminalSummary.write(three));
  }
}
