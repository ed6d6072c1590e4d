package dev.cpra.harness.cli;

import dev.cpra.harness.gate.Gate;
import dev.cpra.harness.paired.Build;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra gate`: holds a build to its limits.
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = "Holds this build to the limits of a gate file.",
    footer = {
      "",
      "Writes gate.json, gate.md and gate.xml (JUnit), and appends a line to the history.",
      "Without --against, engines are compared with one another, and builds are not."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every limit holds",
      "1:a limit is broken, or the gate file is invalid",
      "2:wrong usage",
      "3:inconclusive: no limit is known to be broken, not all are known to hold",
      "4:invalid: a ledger does not balance, or a build can't be run"
    })
public final class GateCommand implements Callable<Integer> {
  private static final String HOME = System.getProperty("cpra.home", ".");

  @Parameters(paramLabel = "GATE", description = "A gate file.")
  private Path gate = Path.of("gate.yaml");

  @Option(
      names = "--against",
      paramLabel = "JAR",
      description = {
        "The build to compare with: the root of a checkout that was built, its",
        "harness/target/lib, a jar in that folder, or the jar of one engine."
      })
  private @Nullable Path against;

  @ArgGroup private final Mode mode = new Mode();

  /// What to do instead of a run; one at most.
  static final class Mode {
    @Option(
        names = "--calibrate",
        description = {
          "Run the gate on the same build twice and on builds with a planted cost,",
          "and write how often it was right. Goes on where it was stopped."
        })
    private boolean calibrate;

    @Option(names = "--history", description = "Draw the trend of all runs so far.")
    private boolean history;
  }

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "With --calibrate: at most so many runs of each kind.")
  private int runs;

  @Option(
      names = "--scenarios",
      split = ",",
      paramLabel = "KIND",
      description =
          "With --calibrate: aa, slow-5, stall, slow-3, slow-10, allocation, churn; all by default.")
  private List<String> scenarios = List.of();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "With --calibrate: what costs are planted in; the gate's first by default.")
  private @Nullable String engine;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "gate-report",
      description = "Where the result goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("gate-report");

  @Option(
      names = "--reports",
      paramLabel = "DIR",
      description = "Where histories and calibrations live (default: reports/ of this checkout).")
  private Path reports = Path.of(HOME, "reports");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (runs < 0) {
      throw usage("--runs: expected at least 1, found " + runs);
    }
    Build other = build();
    Gate.Read read = Gate.read(gate, spec.commandLine().getOut());
    Gate found = read.gate();
    if (found == null) {
      ProblemLines.print(read.problems(), 0, spec.commandLine().getErr());
      return Gate.INVALID_FILE;
    }
    if (mode.history) {
      return found.history(reports);
    }
    if (!mode.calibrate) {
      return found.run(other, out, reports);
    }
    String planted = engine == null ? found.engines().getFirst() : engine;
    if (!found.engines().contains(planted)) {
      throw usage("--engine: expected one of " + found.engines() + ", found " + planted);
    }
    try {
      return found.calibrate(planted, scenarios, runs, reports);
    } catch (IllegalArgumentException e) {
      throw usage("--scenarios: " + e.getMessage());
    }
  }

  private @Nullable Build build() throws IOException {
    Path path = against;
    try {
      return path == null ? null : Build.of(path);
    } catch (IllegalArgumentException e) {
      throw usage("--against: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
