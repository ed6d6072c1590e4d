package dev.cpra.harness.gate;

import java.io.PrintWriter;
import java.util.Locale;

/// Tells the person at the terminal how far a gate is. One thread.
final class GateProgress {
  private final PrintWriter out;

  GateProgress(PrintWriter out) {
    this.out = out;
  }

  /// Something worth a line.
  void say(String line) {
    out.println("  " + line);
    out.flush();
  }

  /// A pair was taken.
  void pair(Contest contest, double seconds, double budgetSeconds) {
    say(
        String.format(
            Locale.ROOT,
            "%3.0f of %.0f s  %s against %s: pair %d, %s",
            seconds,
            budgetSeconds,
            contest.a().name(),
            contest.b().name(),
            contest.pairs(),
            contest.standing()));
  }
}
