package dev.cpra.harness.simulate;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/// Tells the person at the terminal how far a simulation is: one line that is written over where
/// that works, else a line every ten seconds. Any thread.
public final class SimulateProgress {
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final boolean terminal;
  private long lastNanos = System.nanoTime();

  private SimulateProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// For this writer, which should not be the one of the result.
  @SuppressWarnings("SystemConsoleNull") // it is null where standard input is no terminal
  public static SimulateProgress to(PrintWriter out) {
    Console console = System.console();
    boolean terminal =
        console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    return new SimulateProgress(out, terminal);
  }

  /// Something worth a line of its own.
  synchronized void say(String line) {
    endLine();
    out.println(line);
    out.flush();
  }

  /// One seed: how far each engine's world is.
  synchronized void reached(Map<String, Long> engines, long ofNanos, long wallNanos) {
    if (isTime()) {
      StringBuilder line = new StringBuilder();
      engines.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(its ->
              line.append(
                  String.format(
                      Locale.ROOT,
                      "%s at %s (%,.0f times as fast)  ",
                      its.getKey(),
                      SimulateText.time(its.getValue() / 1e9),
                      (double) its.getValue() / wallNanos)));
      show(line + "of " + SimulateText.time(ofNanos / 1e9));
    }
  }

  /// Several seeds: how many are done.
  synchronized void seeds(int done, int of, int failed, double virtualSeconds, double wall) {
    if (isTime()) {
      show(
          String.format(
              Locale.ROOT,
              "%,d of %,d seeds, %,d failed, %s of virtual time (%,.0f times as fast)",
              done,
              of,
              failed,
              SimulateText.time(virtualSeconds),
              virtualSeconds / wall));
    }
  }

  private boolean isTime() {
    long now = System.nanoTime();
    if (now - lastNanos < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return false;
    }
    lastNanos = now;
    return true;
  }

  private void show(String line) {
    if (terminal) {
      String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
      out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
    } else {
      out.println("  " + line);
    }
    out.flush();
  }

  /// Clears the line that is written over.
  public synchronized void endLine() {
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }
}
