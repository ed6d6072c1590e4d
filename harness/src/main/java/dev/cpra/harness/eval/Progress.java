package dev.cpra.harness.eval;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

/// Tells the person at the terminal how far an evaluation is: one line that is written over where
/// that works, else a line every ten seconds. One thread.
public final class Progress {
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final boolean terminal;
  private long lastNanos = Long.MIN_VALUE;
  private boolean lineOpen;

  private Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// For this writer, which overwrites its line if this process has a terminal.
  @SuppressWarnings("SystemConsoleNull") // it is null where standard input is no terminal
  public static Progress to(PrintWriter out) {
    Console console = System.console();
    String term = System.getenv("TERM");
    boolean terminal = console != null && console.isTerminal() && !"dumb".equals(term);
    return new Progress(out, terminal);
  }

  /// For this writer, plain or not.
  static Progress to(PrintWriter out, boolean terminal) {
    return new Progress(out, terminal);
  }

  /// Something worth a line of its own.
  public void say(String line) {
    endLine();
    out.println(line);
    out.flush();
    lastNanos = System.nanoTime();
  }

  /// How it goes now; most of these are not shown on a plain output.
  public void update(
      String variant,
      int trial,
      int trials,
      String phase,
      double secondsLeft,
      double jobsPerSecond,
      long waiting) {
    long now = System.nanoTime();
    if (!terminal && lastNanos != Long.MIN_VALUE && now - lastNanos < PLAIN_NANOS) {
      return;
    }
    lastNanos = now;
    String line =
        String.format(
            Locale.ROOT,
            "%s  trial %d/%d  %s  %.0f s left  %,.0f jobs/s  %,d waiting",
            variant,
            trial,
            trials,
            phase,
            secondsLeft,
            jobsPerSecond,
            waiting);
    if (terminal) {
      String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
      out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
      lineOpen = true;
    } else {
      out.println("  " + line);
    }
    out.flush();
  }

  private void endLine() {
    if (lineOpen) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      lineOpen = false;
    }
  }
}
