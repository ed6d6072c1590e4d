package dev.cpra.harness.report;

import dev.cpra.harness.result.Jvm;
import dev.cpra.harness.result.Sleep;
import dev.cpra.harness.result.TrialResult;
import org.jspecify.annotations.Nullable;

/// How the threads of an evaluation's trials slept, which all do alike.
final class SleepText {
  private SleepText() {}

  /// That of the first trial that tells; null in virtual time.
  static @Nullable Sleep of(Summary summary) {
    for (TrialResult trial : summary.evaluation().trials()) {
      Jvm jvm = trial.jvm();
      if (jvm != null && jvm.sleep() != null) {
        return jvm.sleep();
      }
    }
    return null;
  }

  /// In words; null in virtual time.
  static @Nullable String words(Summary summary) {
    Sleep sleep = of(summary);
    if (sleep == null) {
      return null;
    }
    Long slack = sleep.timerSlackNanos();
    return (sleep.spinNanos() == 0
            ? "the engine's thread sleeps until its next wake-up"
            : "the engine's thread spins for the last "
                + micros(sleep.spinNanos())
                + " before a wake-up")
        + (slack == null ? "" : ", timer slack " + micros(slack));
  }

  private static String micros(long nanos) {
    return Numbers.significant(nanos / 1e3) + " µs";
  }
}
