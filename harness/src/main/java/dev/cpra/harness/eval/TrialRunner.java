package dev.cpra.harness.eval;

import dev.cpra.harness.result.ResultFiles;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.targets.TargetHost;
import dev.cpra.harness.trial.ChildMessage;
import dev.cpra.harness.trial.ProfileRequest;
import dev.cpra.harness.trial.TrialMain;
import dev.cpra.harness.trial.TrialSpec;
import dev.cpra.manifest.load.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Runs one trial of a load in a JVM of its own and yields its result, whatever happens to that
/// JVM. One thread runs trials; [#cancel] may come from any.
///
/// Embedded targets live in this process, the parent: it has nothing to do while a trial runs, so
/// the child's CPU time is that of the engine, its workers and nothing else.
public final class TrialRunner {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Without debug information between safepoints, samples land on the wrong one of inlined
  /// methods.
  private static final List<String> PROFILED =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

  private static final Duration SILENCE = Duration.ofSeconds(90);
  private static final Duration AROUND = Duration.ofMinutes(3);

  private final Load load;
  private final long monitors;
  private final boolean quick;
  private final Path folder;
  private final @Nullable ProfileRequest profile;
  private final AtomicReference<@Nullable ForkedJvm> running = new AtomicReference<>();
  private volatile boolean cancelled;

  /// @param load as it will run, shortened if quick
  /// @param monitors how many the load has
  /// @param folder where alerts are logged and results are handed over
  TrialRunner(Load load, long monitors, boolean quick, Path folder) {
    this(load, monitors, quick, folder, null);
  }

  /// @param load as it will run, shortened if quick
  /// @param monitors how many the load has
  /// @param folder where alerts are logged and results are handed over
  /// @param profile what every trial is to record into its folder; null for none
  public TrialRunner(
      Load load, long monitors, boolean quick, Path folder, @Nullable ProfileRequest profile) {
    this.load = load;
    this.monitors = monitors;
    this.quick = quick;
    this.folder = folder;
    this.profile = profile;
  }

  /// Runs one.
  ///
  /// @param listener told of every message of the child, on the caller's thread
  public TrialResult run(PlannedTrial planned, Consumer<ChildMessage> listener)
      throws InterruptedException {
    Path own = folder(planned);
    Path file = own.resolve("result.json");
    try (TargetHost targets = TargetHost.start(load)) {
      Files.createDirectories(own);
      Files.deleteIfExists(file);
      TrialSpec spec =
          new TrialSpec(
              load.file().toAbsolutePath().toString(),
              planned.variant(),
              planned.round(),
              planned.order(),
              quick,
              targets.variables(),
              file.toAbsolutePath().toString(),
              own.toAbsolutePath().toString(),
              profile);
      ForkedJvm.End end = fork(spec, own, targets, listener);
      if (!end.done()) {
        return none(planned, end.reason());
      }
      TrialResult result = ResultFiles.readTrial(file);
      Files.deleteIfExists(file);
      return with(result, result.status(), targets.complete(result.targets()));
    } catch (IOException e) {
      return none(planned, "could not run: " + e);
    }
  }

  /// Where a trial's own files are, recordings among them.
  public Path folder(PlannedTrial planned) {
    return folder.resolve("trial-" + planned.order());
  }

  private ForkedJvm.End fork(
      TrialSpec spec, Path own, TargetHost targets, Consumer<ChildMessage> listener)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(spec.variant().jvm());
    options.addAll(profile == null ? List.of() : PROFILED);
    List<String> command = JvmCommand.of(monitors, options, TrialMain.class.getName());
    try (ForkedJvm child = ForkedJvm.start(command, own, MAPPER.writeValueAsString(spec))) {
      running.set(child);
      return child.await(
          AROUND.plusNanos(2 * load.durationNanos()),
          SILENCE,
          () -> cancelled,
          message -> {
            if (message.type() == ChildMessage.Type.STARTED) {
              targets.begin();
            }
            listener.accept(message);
          });
    } finally {
      running.set(null);
    }
  }

  private TrialResult none(PlannedTrial planned, @Nullable String reason) {
    String why = reason == null ? "unknown" : reason;
    TrialResult died = TrialResult.died(planned.variant(), planned.round(), planned.order(), why);
    return cancelled ? with(died, Status.partial("interrupted"), List.of()) : died;
  }

  private static TrialResult with(TrialResult trial, Status status, List<TargetCheck> targets) {
    return new TrialResult(
        trial.variant(),
        trial.engine(),
        trial.options(),
        trial.round(),
        trial.order(),
        status,
        trial.phases(),
        trial.throughput(),
        trial.latencies(),
        trial.samples(),
        trial.ledger(),
        trial.imbalance(),
        trial.cpu(),
        trial.memory(),
        trial.gc(),
        trial.loadMonitorsPerSecond(),
        trial.manifest(),
        trial.wireBytesPerCheck(),
        trial.faults(),
        trial.noise(),
        targets,
        trial.journal(),
        trial.jvm());
  }

  /// Kills the trial that runs; those to come end at once.
  public void cancel() {
    cancelled = true;
    ForkedJvm child = running.get();
    if (child != null) {
      child.kill();
    }
  }

  /// Whether [#cancel] was called.
  public boolean isCancelled() {
    return cancelled;
  }
}
