package dev.cpra.harness.profile;

import dev.cpra.harness.eval.PlannedTrial;
import dev.cpra.harness.eval.Progress;
import dev.cpra.harness.eval.TrialRunner;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.Throughput;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.ChildMessage;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.harness.trial.ProfileAnswer;
import dev.cpra.harness.trial.ProfileRequest;
import dev.cpra.harness.trial.Quick;
import dev.cpra.manifest.load.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Profiles one trial of each variant, one after the other, and writes what it finds as it goes: a
/// process that is told to stop leaves the variants that were finished.
public final class Profile {
  /// Exit code: all variants were profiled.
  public static final int OK = 0;

  /// Exit code: a ledger did not balance or an engine died.
  public static final int INVALID = 4;

  /// Exit code: this machine can't be profiled.
  public static final int UNAVAILABLE = 69;

  private static final long FINISH_SECONDS = 10;

  private final Load load;
  private final List<Variant> variants;
  private final ProfileOptions options;
  private final PrintWriter out;
  private final Progress progress;
  private final ProfileFolder folder;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile @Nullable TrialRunner runner;

  /// @param given the load's path as on the command line
  /// @param variants what is profiled; two if they are compared
  public Profile(
      Load load, Path given, List<Variant> variants, ProfileOptions options, PrintWriter out) {
    this.load = options.quick() ? Quick.shorten(load) : load;
    this.variants = variants;
    this.options = options;
    this.out = out;
    this.progress = Progress.to(out);
    this.folder =
        new ProfileFolder(
            load.name(), options, given, variants.stream().map(Variant::name).toList());
  }

  /// Runs everything.
  ///
  /// @return the exit code
  public int run() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("cpra-profile-");
    Thread stop = new Thread(this::stop, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return run(work);
    } catch (ProfilerUnavailableException e) {
      progress.say("cpra: " + e.getMessage());
      return UNAVAILABLE;
    } finally {
      WorkFolders.delete(work);
      finished.countDown();
    }
  }

  private void stop() {
    TrialRunner running = runner;
    if (running != null) {
      running.cancel();
    }
    try {
      var _ = finished.await(FINISH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(Path work)
      throws IOException, InterruptedException, ProfilerUnavailableException {
    Path library = ProfilerLibrary.extract(work);
    TrialRunner trials =
        new TrialRunner(
            load,
            LoadFiles.count(load),
            options.quick(),
            work,
            new ProfileRequest(library.toString(), options.event().attempts()));
    runner = trials;
    List<Profiled> all = new ArrayList<>();
    for (Variant variant : variants) {
      PlannedTrial planned = new PlannedTrial(variant, 0, all.size());
      TrialResult result = trials.run(planned, message -> show(planned, message));
      Path own = trials.folder(planned);
      refuseIfUnavailable(own);
      if (result.status().kind() != Status.Kind.COMPLETE || !result.balanced()) {
        progress.say(
            "cpra: %s %s: %s, %s"
                .formatted(
                    load.name(),
                    variant.name(),
                    result.status().kind().name().toLowerCase(java.util.Locale.ROOT),
                    result.status().reason()));
        return INVALID;
      }
      all.add(keep(result, own));
    }
    if (options.difference()) {
      compare(all.getFirst(), all.getLast());
    }
    folder.refreshReport();
    out.println("Flame graphs: " + folder.path());
    out.flush();
    return OK;
  }

  /// The child's answer tells whether it could profile, whatever became of the trial.
  private static void refuseIfUnavailable(Path own)
      throws IOException, ProfilerUnavailableException {
    Path file = own.resolve(ProfileRequest.ANSWER);
    if (!Files.exists(file)) {
      return;
    }
    ProfileAnswer answer = answer(file);
    if (answer.started() == null) {
      throw ProfileEvent.unavailable(answer.refused());
    }
  }

  private static ProfileAnswer answer(Path file) throws IOException {
    return JsonMapper.builder().build().readValue(Files.readAllBytes(file), ProfileAnswer.class);
  }

  private Profiled keep(TrialResult result, Path own) throws IOException {
    ProfileAnswer answer = answer(own.resolve(ProfileRequest.ANSWER));
    Path recording = own.resolve(ProfileRequest.RECORDING);
    Throughput throughput = result.throughput();
    ProfileEvent event = options.event();
    Profiled profiled =
        new Profiled(
            result.variant(),
            event,
            ProfileEvent.nameOf(String.valueOf(answer.started())),
            answer.refused(),
            FlameGraphs.read(recording, event),
            FlameGraphs.samples(recording, event),
            throughput == null ? 0 : throughput.measuredSeconds(),
            throughput == null ? 0 : throughput.measuredJobs());
    folder.add(profiled, recording);
    progress.say("");
    out.println(ProfileText.head(profiled));
    if (!profiled.warning().isEmpty()) {
      out.println("  " + profiled.warning());
    }
    if (profiled.samples() > 0) {
      out.println("  threads: " + ProfileText.threads(profiled));
    }
    ProfileText.tables(profiled).forEach(table -> out.print(ProfileText.terminal(table)));
    out.println();
    out.flush();
    return profiled;
  }

  private void compare(Profiled before, Profiled after) throws IOException {
    folder.addDifference(before, after);
    folder.addDifference(after, before);
    ProfileText.Table table = ProfileText.difference(before, after);
    out.println(table.heading() + ":");
    out.print(ProfileText.terminal(table));
    out.println();
    out.flush();
  }

  private void show(PlannedTrial planned, ChildMessage message) {
    if (message.type() == ChildMessage.Type.PROGRESS) {
      progress.update(
          "profiling " + planned.variant().name(),
          planned.order() + 1,
          variants.size(),
          message.text(),
          message.secondsLeft(),
          message.jobsPerSecond(),
          message.waiting());
    }
  }
}
