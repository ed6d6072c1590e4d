package dev.cpra.harness.cli;

import dev.cpra.harness.eval.Eval;
import dev.cpra.harness.eval.EvalOptions;
import dev.cpra.harness.eval.Variants;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra eval`: runs loads on engines and writes reports that compare them.
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Runs loads on engines, each trial in a JVM of its own, and compares them.",
    footer = {
      "",
      "Writes report.html, report.md and report.json; of several loads, a folder each."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a load is invalid, nothing was run",
      "2:wrong usage",
      "4:a ledger does not balance or an engine died",
      "130:interrupted; what was finished is in the report"
    })
public final class EvalCommand implements Callable<Integer> {
  private static final int INVALID_LOAD = 1;

  @Parameters(arity = "1..*", paramLabel = "LOAD", description = "Load files.")
  private List<Path> loads = List.of();

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description = "Engines, or variants that the load names; all by default.")
  private List<String> engines = List.of();

  @Option(
      names = "--quick",
      description = "One round with shortened phases: a first look, no evidence.")
  private boolean quick;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Rounds, each with every engine once (default: 3, or 1 with --quick).")
  private int trials;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "eval-report",
      description = "Where the reports go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("eval-report");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter error = spec.commandLine().getErr();
    if (trials < 0 || trials > EvalOptions.ROUNDS_MAX) {
      throw usage("--trials: expected 1 to " + EvalOptions.ROUNDS_MAX + ", found " + trials);
    }
    LoadsResult read = LoadFiles.read(loads);
    if (!read.ok()) {
      ProblemLines.print(read.problems(), read.moreProblems(), error);
      return INVALID_LOAD;
    }
    List<List<Variant>> variants = new ArrayList<>();
    for (Load load : read.loads()) {
      variants.add(variants(load));
    }
    Set<String> names = new HashSet<>();
    for (Load load : read.loads()) {
      if (!names.add(load.name())) {
        throw usage(
            "expected loads of different names, each has a folder of its own; found two named "
                + load.name());
      }
    }
    Files.createDirectories(out); // now, not after half an hour
    EvalOptions options = new EvalOptions(engines, quick, trials, out);
    return new Eval(read.loads(), loads, variants, options, spec.commandLine().getOut()).run();
  }

  private List<Variant> variants(Load load) {
    try {
      return Variants.of(load, engines);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
