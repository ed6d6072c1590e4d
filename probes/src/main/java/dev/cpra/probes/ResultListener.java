package dev.cpra.probes;

/// Hears of every job that ended, before the engine does. Called on the loop the job ran on: must
/// not block, and must not throw (what it throws is contained and counted).
@FunctionalInterface
public interface ResultListener {
  /// For whoever does not care.
  ResultListener NONE = (_, _, _) -> {};

  /// A job has ended.
  ///
  /// @param number the job's dispatch number
  void ended(int monitor, int number, CheckResult result);
}
