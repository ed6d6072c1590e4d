package dev.cpra.manifest.load;

import dev.cpra.manifest.Problem;
import java.util.List;

/// What reading loads gave.
///
/// @param loads in the order asked for; empty when anything is wrong
/// @param problems the first ones, in the order of files and places
/// @param moreProblems how many there were beyond those
public record LoadsResult(List<Load> loads, List<Problem> problems, long moreProblems) {
  /// Whether everything was right.
  public boolean ok() {
    return problems.isEmpty();
  }
}
