package dev.cpra.harness.gate;

import dev.cpra.harness.paired.Build;
import dev.cpra.manifest.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command `gate` does.
public final class Gate {
  /// Exit code of a gate file that is invalid. It is that of a regression too: neither may pass.
  public static final int INVALID_FILE = 1;

  private final GateFile file;
  private final PrintWriter out;

  private Gate(GateFile file, PrintWriter out) {
    this.file = file;
    this.out = out;
  }

  /// A gate, or what is wrong with its file.
  ///
  /// @param gate null if there are problems
  /// @param problems each with its place
  /// @param telling whether the file has a key that only gates have
  public record Read(@Nullable Gate gate, List<Problem> problems, boolean telling) {}

  /// Reads a gate file and the loads it names.
  public static Read read(Path path, PrintWriter out) {
    GateReader.Result result = GateReader.read(path);
    GateFile file = result.gate();
    return new Read(file == null ? null : new Gate(file, out), result.problems(), result.telling());
  }

  /// Runs it, writes `gate.json`, `gate.md` and `gate.xml` and appends to the history.
  ///
  /// @param against the other build; null without one
  /// @param folder where the files go
  /// @param reports where histories and calibrations live
  /// @return the exit code
  public int run(@Nullable Build against, Path folder, Path reports)
      throws IOException, InterruptedException {
    Calibration calibration = Calibration.of(file, reports);
    GateResult result =
        new GateRun(
                file,
                Build.running(),
                against,
                new LiveMeasurements(),
                new GateProgress(out),
                System.nanoTime(),
                System::nanoTime)
            .run(calibration.summaries());
    GateFiles.write(result, folder);
    History.of(file.name(), reports).append(result);
    out.print(GateText.terminal(result));
    out.println("Report: " + folder.resolve("gate.md"));
    out.flush();
    return result.outcome().exitCode();
  }

  /// Runs the gate on builds of which it is known what is wrong with them, and writes how often it
  /// was right. Goes on where an earlier call stopped.
  ///
  /// @param engine what slow-downs are planted in
  /// @param scenarios which kinds of builds; all if empty
  /// @param runs of each kind at most; 0 for as many as the kind wants
  /// @return 0, or 4 if a run was invalid, which ends it
  /// @throws IllegalArgumentException if there is no such kind
  public int calibrate(String engine, List<String> scenarios, int runs, Path reports)
      throws IOException, InterruptedException {
    List<Scenario> wanted =
        scenarios.isEmpty()
            ? List.of(Scenario.values())
            : scenarios.stream().map(Scenario::of).toList();
    Calibration calibration = Calibration.of(file, reports);
    boolean sound = calibration.run(engine, wanted, runs, new GateProgress(out));
    calibration.write();
    calibration.summaries().forEach(s -> out.println("  " + GateText.calibration(s)));
    out.println("Report: " + calibration.folder().resolve("calibration.md"));
    out.flush();
    return sound ? 0 : GateResult.Outcome.INVALID.exitCode();
  }

  /// Draws the trend of all runs so far.
  ///
  /// @return 0
  public int history(Path reports) throws IOException {
    Path page = History.of(file.name(), reports).draw();
    out.println("Report: " + page);
    out.flush();
    return 0;
  }

  /// The engines that the gate is about.
  public List<String> engines() {
    return file.engines();
  }
}
