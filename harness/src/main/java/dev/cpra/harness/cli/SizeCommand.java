package dev.cpra.harness.cli;

import dev.cpra.harness.size.LaneSize;
import dev.cpra.harness.size.Objective;
import dev.cpra.harness.size.Offered;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.Manifests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra size`: workers and queues of each lane for a manifest.
@Command(
    name = "size",
    mixinStandardHelpOptions = true,
    description = "Proposes workers and queue sizes of each lane for a manifest.",
    footer = {
      "",
      "The objective is how long a job waits for a worker. How long jobs take, and how many targets",
      "fail together, no manifest says: give what you have measured.",
      "",
      "Exit codes: 0 sized; 1 the manifest is invalid or no size meets the objective; 2 wrong usage."
    })
public final class SizeCommand implements Callable<Integer> {
  private static final int INVALID = 1;

  @Parameters(paramLabel = "MANIFEST", description = "What is to be watched.")
  private Path manifest = Path.of("");

  @Option(
      names = "--objective",
      required = true,
      paramLabel = "pNN=TIME",
      description = "How long a job may wait for a worker, such as p95=200ms.")
  private String objective = "";

  @Option(
      names = "--pulse-time",
      paramLabel = "TIME",
      defaultValue = "50ms",
      description = "Mean time of a check (default: ${DEFAULT-VALUE}).")
  private String pulseTime = "";

  @Option(
      names = "--intervention-time",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Mean time of an intervention (default: ${DEFAULT-VALUE}).")
  private String interventionTime = "";

  @Option(
      names = "--code-time",
      paramLabel = "TIME",
      defaultValue = "500ms",
      description = "Mean time of a delivery (default: ${DEFAULT-VALUE}).")
  private String codeTime = "";

  @Option(
      names = "--variation",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Standard deviation of those times over their mean, 0 to 100 (default:"
              + " ${DEFAULT-VALUE}).")
  private double variation;

  @Option(
      names = "--failing",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Share of the monitors that fail together (default: ${DEFAULT-VALUE}).")
  private double failing;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "The time in which they do (default: ${DEFAULT-VALUE}).")
  private String within = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Objective goal = objective();
    range("--variation", variation, 100);
    range("--failing", failing, 1);
    double pulse = seconds("--pulse-time", pulseTime);
    double intervention = seconds("--intervention-time", interventionTime);
    double code = seconds("--code-time", codeTime);
    double burst = seconds("--within", within);
    Offered offered = new Offered();
    Manifests.Reading reading = Manifests.read(manifest, LoadFiles.lenient(), offered::add);
    PrintWriter error = spec.commandLine().getErr();
    if (!reading.ok()) {
      ProblemLines.print(reading.problems(), reading.moreProblems(), error);
      return INVALID;
    }
    Map<String, LaneSize> lanes = new LinkedHashMap<>();
    try {
      lanes.put("pulse", LaneSize.of(offered.pulses(), pulse, variation, goal));
      double repairs = offered.interventions(failing, burst);
      lanes.put("intervention", LaneSize.of(repairs, intervention, variation, goal));
      double alerts = offered.alerts(failing, burst);
      lanes.put("code", LaneSize.of(alerts, code, variation, goal));
    } catch (IllegalArgumentException wrong) {
      error.printf("cpra: %s: %s%n", manifest, wrong.getMessage());
      error.flush();
      return INVALID;
    }
    print(offered.monitors(), lanes);
    return 0;
  }

  private void print(long monitors, Map<String, LaneSize> lanes) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%,d monitors, %s waiting at most%n%n", monitors, objective);
    out.printf(
        Locale.ROOT,
        "%-13s %14s %10s %10s %7s %8s %12s%n",
        "lane",
        "jobs/s",
        "workers",
        "queue",
        "busy",
        "waiting",
        "wait ms");
    lanes.forEach((lane, size) ->
        out.printf(
            Locale.ROOT,
            "%-13s %,14.3f %,10d %,10d %6.1f%% %7.2f%% %12.3f%n",
            lane,
            size.perSecond(),
            size.workers(),
            size.queue(),
            100 * size.busy(),
            100 * size.waits(),
            1e3 * size.waitSeconds()));
    out.flush();
  }

  private Objective objective() {
    try {
      return Objective.parse(objective);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--objective: " + wrong.getMessage(), wrong);
    }
  }

  private double seconds(String option, String text) {
    long nanos;
    try {
      nanos = Durations.parse(text);
    } catch (IllegalArgumentException _) {
      nanos = 0;
    }
    if (nanos <= 0) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": expected a duration above zero such as 50ms, found " + text);
    }
    return nanos / 1e9;
  }

  private void range(String option, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new ParameterException(
          spec.commandLine(), option + ": expected 0 to " + (long) most + ", found " + value);
    }
  }
}
