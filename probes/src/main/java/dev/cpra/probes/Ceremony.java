package dev.cpra.probes;

import org.jspecify.annotations.Nullable;

/// What is done around one execution of a probe: something before it that may wait or forbid it,
/// something after it. Made anew for each job.
public interface Ceremony {
  /// Makes the ceremony of one job. Called on the job's loop: must not block.
  @FunctionalInterface
  interface Maker {
    /// The ceremony of one job.
    ///
    /// @param number the job's dispatch number
    /// @param detail as in a batch: the attempt of an intervention, an alert's colour
    Ceremony make(int monitor, int number, int detail);
  }

  /// Why the act must not be done.
  ///
  /// @param text one short line without secrets
  record Refusal(Reason reason, String text) {}

  /// Whether [#before] would let the act go on at once; it is left out then. On the loop.
  boolean isReady();

  /// Done before the act, on a thread that may block. Interrupted when the job's time is up.
  ///
  /// @return null if the act may be done
  @Nullable Refusal before() throws InterruptedException;

  /// Called once, on the loop, after the act was allowed and before anybody hears of its end.
  ///
  /// @param result what came of it; null if time ran out before it was begun
  void after(@Nullable CheckResult result);
}
