package dev.cpra.manifest;

import dev.cpra.manifest.policy.Policy;
import java.util.List;

/// What reading a manifest gave.
///
/// @param monitors in the order of the file; empty when anything is wrong: nothing starts from a
///   manifest with errors
/// @param policy what it says beside them; [Policy#DEFAULT] when anything is wrong
/// @param problems the first ones, in the order of their places
/// @param moreProblems how many there were beyond those
public record LoadResult(
    List<MonitorSpec> monitors, Policy policy, List<Problem> problems, long moreProblems) {
  /// Without anything beside the monitors.
  public LoadResult(List<MonitorSpec> monitors, List<Problem> problems, long moreProblems) {
    this(monitors, Policy.DEFAULT, problems, moreProblems);
  }

  /// Whether everything was right.
  public boolean ok() {
    return problems.isEmpty();
  }

  /// One line per problem, and one more for those left out.
  public String report() {
    return Problem.report(problems, moreProblems);
  }
}
