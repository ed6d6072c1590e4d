package dev.cpra.harness.cli;

import dev.cpra.manifest.Problem;
import java.io.PrintWriter;
import java.util.List;

/// Prints what is wrong in files, one line each.
final class ProblemLines {
  private ProblemLines() {}

  /// @param more how many problems there were beyond these
  static void print(List<Problem> problems, long more, PrintWriter out) {
    problems.forEach(problem -> out.println(problem));
    if (more > 0) {
      out.println("and " + more + " more");
    }
    out.flush();
  }
}
