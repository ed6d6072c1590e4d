package dev.cpra.harness.eval;

import dev.cpra.harness.trial.ChildMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A JVM of its own for one trial. The parent never waits without a bound: a child that says
/// nothing for too long, or takes longer than it may, is killed. One thread uses it; [#kill] any.
final class ForkedJvm implements AutoCloseable {
  /// Messages that may wait for the parent; a child that says more is slowed down.
  private static final int MESSAGES_MAX = 4_096;

  private static final String INTERRUPTED = "interrupted";
  private static final int LAST_LINES = 20;
  private static final long STEP_MS = 100;

  private final Process process;
  private final BlockingQueue<ChildMessage> messages = new LinkedBlockingQueue<>(MESSAGES_MAX);
  private final ArrayDeque<String> lastLines = new ArrayDeque<>();
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean killed;

  private ForkedJvm(Process process) {
    this.process = process;
  }

  /// How a child ended.
  ///
  /// @param done whether it said that its result is written
  /// @param reason why there is none; null if done
  record End(boolean done, @Nullable String reason) {}

  /// Starts one.
  ///
  /// @param command the whole command line
  /// @param firstLine what it is told on its standard input, which stays open while it may run
  static ForkedJvm start(List<String> command, Path folder, String firstLine) throws IOException {
    ForkedJvm forked =
        new ForkedJvm(new ProcessBuilder(command).directory(folder.toFile()).start());
    forked.read("child-out", forked.process.getInputStream());
    forked.read("child-err", forked.process.getErrorStream());
    try {
      // The writer stays open: its end is the child's sign that nobody waits any more.
      Writer input = forked.process.outputWriter(StandardCharsets.UTF_8);
      input.write(firstLine + "\n");
      input.flush();
    } catch (IOException _) {
      return forked; // it died at once; what it said tells why
    }
    return forked;
  }

  private void read(String name, InputStream stream) {
    Thread reader = new Thread(() -> readLines(stream), name);
    reader.setDaemon(true);
    readers.add(reader);
    reader.start();
  }

  private void readLines(InputStream stream) {
    BoundedLines lines =
        new BoundedLines(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        ChildMessage message = ChildMessage.parse(line);
        if (message == null) {
          keep(line);
        } else {
          messages.put(message);
        }
      }
    } catch (IOException _) {
      return; // closed with the process
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == LAST_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  /// Waits for its end.
  ///
  /// @param total how long it may take
  /// @param silence how long it may say nothing
  /// @param cancelled asked again and again; once true the child is killed
  /// @param listener told of every message, on the caller's thread
  End await(
      Duration total, Duration silence, BooleanSupplier cancelled, Consumer<ChildMessage> listener)
      throws InterruptedException {
    long started = System.nanoTime();
    long heard = started;
    while (true) {
      ChildMessage message = messages.poll(STEP_MS, TimeUnit.MILLISECONDS);
      long now = System.nanoTime();
      if (message != null) {
        heard = now;
        listener.accept(message);
        if (message.type() == ChildMessage.Type.DONE) {
          return new End(true, null);
        }
        if (message.type() == ChildMessage.Type.FAILED) {
          return new End(false, message.text());
        }
      } else if (!process.isAlive() && readersEnded() && messages.isEmpty()) {
        return killed
            ? new End(false, INTERRUPTED)
            : new End(false, "the JVM ended with exit code " + process.exitValue() + lastWords());
      }
      String why = whyKill(now - started, total, now - heard, silence, cancelled);
      if (why != null) {
        kill();
        return new End(false, why);
      }
    }
  }

  private @Nullable String whyKill(
      long ranNanos,
      Duration total,
      long silentNanos,
      Duration silence,
      BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean() || killed) {
      return INTERRUPTED;
    }
    if (silentNanos > silence.toNanos()) {
      return "said nothing for " + silence.toSeconds() + " s, killed" + lastWords();
    }
    return ranNanos > total.toNanos()
        ? "not done after " + total.toSeconds() + " s, killed" + lastWords()
        : null;
  }

  private boolean readersEnded() {
    return readers.stream().noneMatch(Thread::isAlive);
  }

  /// What it printed last that was no message, to be put behind a reason.
  private String lastWords() {
    synchronized (lastLines) {
      return lastLines.isEmpty() ? "" : "; it printed last: " + String.join(" | ", lastLines);
    }
  }

  /// Kills it. Any thread.
  void kill() {
    killed = true;
    process.destroyForcibly();
  }

  /// Kills it if it still runs.
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      return; // it is gone, which is what was wanted
    }
  }
}
