package dev.cpra.manifest;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How files are read.
///
/// @param kinds which checks, interventions and codes a file may name
/// @param variables what `${NAME}` stands for; null for a variable that is not set
/// @param requireAvailable whether kinds that nothing executes yet are errors
/// @param maxProblems how many problems are kept; the rest is counted
public record LoadOptions(
    Kinds kinds,
    Function<String, @Nullable String> variables,
    boolean requireAvailable,
    int maxProblems) {

  /// How many problems are kept unless asked otherwise.
  public static final int MAX_PROBLEMS_DEFAULT = 1_000;

  /// All kinds on the class path, the process's environment, unavailable kinds accepted.
  public static LoadOptions defaults() {
    return new LoadOptions(Kinds.onClassPath(), System::getenv, false, MAX_PROBLEMS_DEFAULT);
  }

  /// These options with other variables.
  public LoadOptions withVariables(Function<String, @Nullable String> lookup) {
    return new LoadOptions(kinds, lookup, requireAvailable, maxProblems);
  }

  /// These options for real execution: kinds that nothing executes yet are errors.
  public LoadOptions withRequireAvailable(boolean required) {
    return new LoadOptions(kinds, variables, required, maxProblems);
  }

  /// These options with other kinds.
  public LoadOptions withKinds(Kinds others) {
    return new LoadOptions(others, variables, requireAvailable, maxProblems);
  }

  /// These options keeping another number of problems.
  public LoadOptions withMaxProblems(int most) {
    return new LoadOptions(kinds, variables, requireAvailable, most);
  }
}
