package dev.cpra.manifest;

import java.util.List;

/// One thing wrong in a file. [#toString] gives the line that commands print.
///
/// @param file as the caller named it
/// @param line from 1
/// @param column from 1, in characters
/// @param message what was wrong, what was expected and how to mend it; never holds a secret's
///   value
public record Problem(String file, int line, int column, String message) {
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }

  /// One line per problem, and one more for those left out.
  public static String report(List<Problem> problems, long more) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(problem).append('\n');
    }
    if (more > 0) {
      text.append("and ").append(more).append(" more\n");
    }
    return text.toString();
  }
}
