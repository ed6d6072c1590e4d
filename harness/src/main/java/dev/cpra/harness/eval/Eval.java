package dev.cpra.harness.eval;

import dev.cpra.harness.report.Reports;
import dev.cpra.harness.report.Summary;
import dev.cpra.harness.report.TerminalSummary;
import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.load.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Evaluates loads one after the other and writes their reports. If the process is told to stop,
/// the running trial is killed and the report of what was finished is written before the process
/// ends.
public final class Eval {
  /// Exit code: every ledger balanced and no engine died.
  public static final int OK = 0;

  /// Exit code: a ledger did not balance, a trial was invalid, or an engine died.
  public static final int INVALID = 4;

  private static final long FINISH_SECONDS = 30;

  private final List<Load> loads;
  private final List<Path> given;
  private final List<List<Variant>> variants;
  private final EvalOptions options;
  private final PrintWriter out;
  private final Progress progress;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean cancelled;
  private volatile @Nullable LoadEvaluation running;

  /// @param loads what runs, each with its path as given and its variants at the same index
  public Eval(
      List<Load> loads,
      List<Path> given,
      List<List<Variant>> variants,
      EvalOptions options,
      PrintWriter out) {
    this.loads = loads;
    this.given = given;
    this.variants = variants;
    this.options = options;
    this.out = out;
    this.progress = Progress.to(out);
  }

  /// Runs everything.
  ///
  /// @return the exit code
  public int run() throws IOException, InterruptedException {
    Thread stop = new Thread(this::stopAndFinish, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return evaluateAll();
    } finally {
      finished.countDown();
      removeHook(stop);
    }
  }

  private static void removeHook(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException _) {
      return; // it is running: this process is being stopped
    }
  }

  /// The shutdown hook: main goes on in the meantime, and the process ends when it is done.
  private void stopAndFinish() {
    cancelled = true;
    LoadEvaluation evaluation = running;
    if (evaluation != null) {
      evaluation.cancel();
    }
    try {
      if (!finished.await(FINISH_SECONDS, TimeUnit.SECONDS)) {
        progress.say("gave up waiting for the report of what was finished");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int evaluateAll() throws IOException, InterruptedException {
    List<Reports.IndexEntry> index = new ArrayList<>();
    int code = OK;
    for (int i = 0; i < loads.size() && !cancelled; i++) {
      Load load = loads.get(i);
      Path folder = loads.size() == 1 ? options.out() : options.out().resolve(load.name());
      Evaluation evaluation = evaluate(i, folder);
      Summary summary = Summary.of(evaluation);
      out.println();
      out.print(TerminalSummary.write(summary)); // before the files: a full disk shall not take it
      out.flush();
      Reports.write(summary, folder);
      index.add(new Reports.IndexEntry(load.name(), summary));
      if (loads.size() > 1) {
        Reports.writeIndex(index, options.out());
      }
      out.println("Report: " + folder.resolve("report.html"));
      out.flush();
      if (!summary.valid()) {
        code = INVALID;
      }
    }
    return code;
  }

  private Evaluation evaluate(int i, Path folder) throws InterruptedException {
    Load load = loads.get(i);
    LoadEvaluation evaluation =
        new LoadEvaluation(
            load,
            given.get(i),
            LoadFiles.count(load),
            variants.get(i),
            options,
            folder.resolve("trials"),
            progress,
            Clock.systemUTC());
    running = evaluation;
    if (cancelled) {
      evaluation.cancel();
    }
    return evaluation.run();
  }
}
