package dev.cpra.harness.cli;

import dev.cpra.harness.eval.Variants;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.simulate.Simulate;
import dev.cpra.harness.simulate.SimulateOptions;
import dev.cpra.harness.simulate.SimulateProgress;
import dev.cpra.harness.simulate.SimulateResult;
import dev.cpra.harness.simulate.SimulateText;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra simulate`: runs a load in virtual time, with every checker, and compares the engines.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a load in virtual time, checks every rule after every tick, and compares what the"
          + " engines tell, event for event.",
      "A seed that fails is made small and told with the line that replays it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every seed passed",
      "1:a rule was broken or traces differ, or the load is invalid",
      "2:wrong usage",
      "130:interrupted"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int SEEDS_MAX = 10_000_000;

  @Parameters(paramLabel = "LOAD", description = "A load file.")
  private Path file = Path.of("");

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAME",
      description = "Engines, or variants that the load names; all by default.")
  private List<String> engines = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many seeds, one after the other (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first seed (default: that of the load's work).")
  private @Nullable Long seed;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long the load runs, such as 24h (default: all its phases).")
  private @Nullable String time;

  @Option(
      names = "--monitors",
      split = ",",
      paramLabel = "I",
      description = "Only the monitors with these indices; for replays.")
  private @Nullable List<String> monitors;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "I",
      description = "Only the faults with these indices, or none; for replays.")
  private @Nullable List<String> faults;

  @Option(
      names = "--shrink",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long to make a failing seed smaller, 0s for not at all"
              + " (default: ${DEFAULT-VALUE}).")
  private String shrink = "60s";

  @Option(names = "--json", description = "The result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter error = spec.commandLine().getErr();
    if (seeds < 1 || seeds > SEEDS_MAX) {
      throw usage("--seeds: expected 1 to " + SEEDS_MAX + ", found " + seeds);
    }
    LoadsResult read = LoadFiles.readForSimulation(List.of(file));
    if (!read.ok()) {
      ProblemLines.print(read.problems(), read.moreProblems(), error);
      return FAILED;
    }
    Load load = read.loads().getFirst();
    SimulateProgress progress = SimulateProgress.to(error);
    SimulateResult result = new Simulate(load, options(load), progress).run();
    progress.endLine();
    out.print(json ? SimulateText.json(result) : SimulateText.words(result));
    out.flush();
    return result.failures().isEmpty() ? 0 : FAILED;
  }

  private SimulateOptions options(Load load) {
    Long first = seed;
    try {
      List<Variant> variants = Variants.of(load, engines);
      Variants.requireVirtualTime(variants, "a simulation");
      Variants.refuseShards(variants, "a simulation has one thread, which needs none");
      return new SimulateOptions(
          file,
          variants,
          first == null ? load.work().seed() : first,
          seeds,
          time == null ? load.durationNanos() : duration("--for", time, 1),
          indices("--monitors", monitors, (int) Math.min(Integer.MAX_VALUE, LoadFiles.count(load))),
          indices("--faults", faults, Integer.MAX_VALUE),
          duration("--shrink", shrink, 0));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private static long duration(String option, String text, long least) {
    long nanos;
    try {
      nanos = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
    if (nanos < least) {
      throw new IllegalArgumentException(option + ": expected more than 0, found " + text);
    }
    return nanos;
  }

  private static @Nullable List<Integer> indices(
      String option, @Nullable List<String> words, int bound) {
    if (words == null) {
      return null;
    }
    List<Integer> indices = new ArrayList<>();
    for (String word : words) {
      if (words.size() == 1 && word.equals("none")) {
        return List.of();
      }
      try {
        int index = Integer.parseInt(word.strip());
        if (index < 0 || index >= bound) {
          throw new IllegalArgumentException(
              "%s: expected indices from 0 to below %d, found %s".formatted(option, bound, word));
        }
        indices.add(index);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s: expected indices such as 3,17, found %s".formatted(option, word), e);
      }
    }
    return indices.stream().sorted().distinct().toList();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
