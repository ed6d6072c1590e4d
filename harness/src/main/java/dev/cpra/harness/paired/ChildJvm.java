package dev.cpra.harness.paired;

import dev.cpra.harness.eval.BoundedLines;
import dev.cpra.harness.eval.JvmCommand;
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
import tools.jackson.databind.json.JsonMapper;

/// The parent's end of a child JVM that answers one ask after the other. One thread asks; [#kill]
/// may come from any.
final class ChildJvm implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LAST_LINES = 12;
  private static final long EXIT_SECONDS = 5;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /// Two histograms in base64 fit many times over.
  private static final int ANSWER_CHARACTERS_MAX = 1 << 22;

  /// Answers that wait; there is never more than one asked for.
  private static final int ANSWERS_MAX = 16;

  private final String name;
  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>(ANSWERS_MAX);
  private final ArrayDeque<String> lastLines = new ArrayDeque<>();

  private final Thread output;
  private final Thread errors;

  private ChildJvm(String name, Process process) {
    this.name = name;
    this.process = process;
    this.output = reader("pair-out", process.getInputStream());
    this.errors = reader("pair-err", process.getErrorStream());
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts one.
  ///
  /// @param monitors how many its largest load has, which sizes its heap
  /// @param loads load files, absolute
  static ChildJvm start(Side side, long monitors, List<Path> loads) throws IOException {
    List<String> command =
        new ArrayList<>(
            JvmCommand.of(monitors, PairedMain.class.getName(), side.build().classPath()));
    // Compiles where it is asked to, not in the background: when the warm-up is over nothing is
    // left to compile, and the same code comes out more often.
    command.add(1, "-XX:-BackgroundCompilation");
    ChildJvm child = new ChildJvm(side.name(), new ProcessBuilder(command).start());
    child.output.start();
    child.errors.start();
    ChildSpec spec = new ChildSpec(side.variant(), loads.stream().map(Path::toString).toList());
    child.say(MAPPER.writeValueAsString(spec));
    return child;
  }

  private Thread reader(String thread, InputStream stream) {
    Thread reader = new Thread(() -> readLines(stream), thread);
    reader.setDaemon(true);
    return reader;
  }

  private void readLines(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      BoundedLines lines = new BoundedLines(reader, ANSWER_CHARACTERS_MAX);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.startsWith(Answer.MARK)) {
          answers.put(line.substring(Answer.MARK.length()));
        } else {
          keep(line);
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

  private void say(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /// Asks without waiting; [#await] has the answer.
  ///
  /// @throws PairFailure if the child is gone
  void ask(Ask.Kind kind, int load, long amount) {
    try {
      say(MAPPER.writeValueAsString(new Ask(kind, load, amount)));
    } catch (IOException _) {
      throw failure("ended before it was asked to " + kind);
    }
  }

  /// The answer to the last ask.
  ///
  /// @throws PairFailure if there is none within the bound, or it says that something is wrong
  Answer await(Duration bound) throws InterruptedException {
    long until = System.nanoTime() + bound.toNanos();
    while (true) {
      String line = answers.poll(50, TimeUnit.MILLISECONDS);
      if (line != null) {
        Answer answer = MAPPER.readValue(line, Answer.class);
        String problem = answer.problem();
        if (problem != null) {
          throw failure(problem);
        }
        return answer;
      }
      if (!process.isAlive()) {
        output.join(LAST_WORDS); // what it said last may still be on its way
        errors.join(LAST_WORDS);
        if (!answers.isEmpty()) {
          continue;
        }
        throw failure("ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() > until) {
        throw failure("did not answer within " + bound.toSeconds() + " s");
      }
    }
  }

  private PairFailure failure(String what) {
    synchronized (lastLines) {
      String said =
          lastLines.isEmpty() ? "" : "; it printed last: " + String.join(" | ", lastLines);
      return new PairFailure(name + ": " + what + said);
    }
  }

  /// Kills it. Any thread.
  void kill() {
    process.destroyForcibly();
  }

  /// Ends it and waits until it is gone.
  @Override
  public void close() {
    kill();
    try {
      process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
      input.close();
    } catch (IOException _) {
      return; // it is gone, which is what was wanted
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
