package dev.cpra.harness.micro;

import dev.cpra.harness.eval.JvmCommand;
import dev.cpra.harness.eval.Machine;
import dev.cpra.harness.micro.MicroOptions.Pace;
import dev.cpra.harness.profile.ProfileEvent;
import dev.cpra.harness.profile.ProfilerLibrary;
import dev.cpra.harness.profile.ProfilerUnavailableException;
import dev.cpra.harness.profile.WorkFolders;
import dev.cpra.harness.result.Environment;
import dev.cpra.harness.result.FlameLinks;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.result.ResultFiles;
import dev.cpra.harness.trial.ProfileAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.AsyncProfiler;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks on the class path that a regular expression matches, in forked JVMs with the
/// flags of trials, and writes `micro.json` (JMH's own form) and `micro.md`.
public final class Micro {
  /// Exit code: all benchmarks ran.
  public static final int OK = 0;

  /// Exit code: a benchmark failed.
  public static final int FAILED = 4;

  /// Exit code: this machine can't be profiled.
  public static final int UNAVAILABLE = 69;

  /// Enough for a million monitors in any benchmark.
  private static final String HEAP = "1536m";

  private final MicroOptions options;
  private final PrintWriter out;

  /// @param options what to run
  public Micro(MicroOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /// The full names of the benchmarks on the class path that a regular expression matches.
  public static List<String> matching(String regex) {
    return BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
            List.of(regex),
            List.of())
        .stream()
        .map(entry -> entry.getUsername())
        .distinct()
        .sorted()
        .toList();
  }

  /// Runs them.
  ///
  /// @return the exit code
  public int run() throws IOException {
    Files.createDirectories(options.out());
    Path work = Files.createTempDirectory("cpra-micro-");
    try {
      Collection<RunResult> results = new Runner(jmh(work)).run();
      write(results);
      return OK;
    } catch (ProfilerUnavailableException e) {
      out.println("cpra: " + e.getMessage());
      return UNAVAILABLE;
    } catch (RunnerException e) {
      out.println("cpra: " + e.getMessage());
      return FAILED;
    } finally {
      WorkFolders.delete(work);
      out.flush();
    }
  }

  private Options jmh(Path work) throws IOException, ProfilerUnavailableException {
    Pace pace = options.pace();
    List<String> flags = new ArrayList<>(JvmCommand.FLAGS);
    flags.add("-Xms" + HEAP);
    flags.add("-Xmx" + HEAP);
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .include(options.regex())
            .jvm(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .jvmArgs(flags.toArray(String[]::new))
            .forks(pace.forks())
            .warmupIterations(pace.warmUps())
            .warmupTime(TimeValue.milliseconds(pace.iterationMillis()))
            .measurementIterations(pace.iterations())
            .measurementTime(TimeValue.milliseconds(pace.iterationMillis()))
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class)
            .resultFormat(ResultFormatType.JSON)
            .result(options.out().resolve("micro.json").toString());
    ProfileEvent event = options.event();
    if (event != null) {
      builder.addProfiler(AsyncProfiler.class, profiler(event, work));
    }
    return builder.build();
  }

  /// JMH's own arguments of async-profiler. What it can sample is found out before: a fork has no
  /// way to fall back.
  private String profiler(ProfileEvent event, Path work)
      throws IOException, ProfilerUnavailableException {
    Path library = ProfilerLibrary.extract(work);
    ProfileAnswer answer = ProfilerProbe.ask(library, event.attempts(), work);
    String attempt = answer.started();
    if (attempt == null) {
      throw ProfileEvent.unavailable(answer.refused());
    }
    String started = ProfileEvent.nameOf(attempt);
    if (!answer.refused().isEmpty()) {
      out.println(ProfileEvent.fallback(started, answer.refused()));
      out.flush();
    }
    Path flames = options.out().resolve(FlameLinks.FOLDER).toAbsolutePath();
    return "libPath=%s;event=%s;output=flamegraph;dir=%s".formatted(library, started, flames);
  }

  private static String commit(Environment machine) {
    if (machine.gitCommit() == null) {
      return "";
    }
    String changed = Boolean.TRUE.equals(machine.gitDirty()) ? " with changes" : "";
    return ", commit " + machine.gitCommit() + changed;
  }

  private void write(Collection<RunResult> results) throws IOException {
    List<MicroTable.Row> rows = MicroTable.rows(results);
    Pace pace = options.pace();
    Environment machine = Machine.describe(new Noise(null, null, null));
    String page =
        """
        # Micro-benchmarks

        %s, %s, %d cores, JDK %s%s. %d forks, each %d warm-ups and %d iterations of %d ms.
        The error is half the 99.9 %% interval of the mean. Compare rows of one run, not of two: the same code in
        another JVM on another day differs by more than most of these errors.

        %s
        The same with every iteration: [micro.json](micro.json).
        """
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                machine.cpuModel() == null ? "unknown processor" : machine.cpuModel(),
                machine.cores(),
                Runtime.version(),
                commit(machine),
                pace.forks(),
                pace.warmUps(),
                pace.iterations(),
                pace.iterationMillis(),
                MicroTable.markdown(rows));
    ResultFiles.write(page.getBytes(StandardCharsets.UTF_8), options.out().resolve("micro.md"));
    out.println();
    out.print(MicroTable.terminal(rows));
    out.println("Results: " + options.out().resolve("micro.md"));
  }
}
