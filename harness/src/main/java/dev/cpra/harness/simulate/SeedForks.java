package dev.cpra.harness.simulate;

import dev.cpra.harness.eval.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Spreads seeds over processes: as many at a time as there are processors, [SeedChild#SEEDS_MAX]
/// seeds each. Used once.
final class SeedForks {
  /// Results that may wait for the parent.
  private static final int RESULTS_MAX = 1_024;

  private static final int LAST_LINES = 20;
  private static final long POLL_MS = 100;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final SimulateOptions options;
  private final BlockingQueue<SeedResult> results = new LinkedBlockingQueue<>(RESULTS_MAX);
  private final List<Process> running = new ArrayList<>();
  private volatile boolean stopped;

  SeedForks(SimulateOptions options) {
    this.options = options;
  }

  /// Runs all seeds.
  ///
  /// @param each told of every seed, on this thread, in no order
  /// @param idle called now and then, on this thread
  void run(Consumer<SeedResult> each, Runnable idle) throws InterruptedException {
    ArrayDeque<SimulateOptions> chunks = new ArrayDeque<>();
    for (int from = 0; from < options.seeds(); from += SeedChild.SEEDS_MAX) {
      int count = Math.min(SeedChild.SEEDS_MAX, options.seeds() - from);
      chunks.add(options.withSeeds(options.firstSeed() + from, count));
    }
    int processors = Runtime.getRuntime().availableProcessors();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(processors, chunks.size()); i++) {
      Thread thread = new Thread(() -> runChunks(chunks), "seeds-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    for (int told = 0; told < options.seeds() && !stopped; ) {
      SeedResult result = results.poll(POLL_MS, TimeUnit.MILLISECONDS);
      if (result == null) {
        idle.run();
      } else {
        told++;
        each.accept(result);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// Ends the processes; any thread may call it.
  void stop() {
    stopped = true;
    synchronized (running) {
      running.forEach(Process::destroyForcibly);
    }
  }

  private void runChunks(ArrayDeque<SimulateOptions> chunks) {
    while (!stopped) {
      SimulateOptions chunk;
      synchronized (chunks) {
        chunk = chunks.poll();
      }
      if (chunk == null) {
        return;
      }
      try {
        runChunk(chunk);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void runChunk(SimulateOptions chunk) throws InterruptedException {
    int told = 0;
    ArrayDeque<String> others = new ArrayDeque<>();
    String end;
    try {
      List<String> command = new ArrayList<>(JvmCommand.of(0, SeedMain.class.getName()));
      command.add(SeedMain.argument(chunk));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      synchronized (running) {
        running.add(process);
      }
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          SeedResult result = parse(line, others);
          if (result != null) {
            told++;
            results.put(result);
          }
        }
      }
      end = "its process ended with " + process.waitFor() + ": " + String.join(" | ", others);
      synchronized (running) {
        running.remove(process);
      }
    } catch (IOException e) {
      end = "its process can't be run: " + e.getMessage();
    }
    for (; told < chunk.seeds() && !stopped; told++) {
      results.put(SeedResult.died(chunk.firstSeed() + told, end));
    }
  }

  private static @Nullable SeedResult parse(String line, ArrayDeque<String> others) {
    try {
      return MAPPER.readValue(line, SeedResult.class);
    } catch (JacksonException _) {
      if (others.size() == LAST_LINES) {
        others.removeFirst();
      }
      others.addLast(line);
      return null;
    }
  }
}
