package dev.cpra.harness.cli;

import dev.cpra.harness.eval.Variants;
import dev.cpra.harness.profile.Profile;
import dev.cpra.harness.profile.ProfileEvent;
import dev.cpra.harness.profile.ProfileOptions;
import dev.cpra.harness.report.Reports;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra profile`: flame graphs of an engine's measured phases.
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Samples an engine's measured phases with async-profiler.",
    footer = {
      "",
      "Writes flame graphs (HTML) and recordings (JFR) to DIR/flames, and prints the top frames.",
      "If DIR holds the report of an evaluation of LOAD, the report links them from then on."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the load is invalid, nothing was run",
      "2:wrong usage",
      "4:a ledger does not balance or an engine died",
      "69:async-profiler can't run here",
      "130:interrupted; engines that were finished are in DIR/flames"
    })
public final class ProfileCommand implements Callable<Integer> {
  private static final int INVALID_LOAD = 1;

  /// Whom an engine is compared with if only one is named: the first of these that is another.
  private static final List<String> PARTNERS = List.of("baseline", "ecs");

  @Parameters(arity = "1", paramLabel = "LOAD", description = "Load file.")
  private Path file = Path.of("");

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "NAME",
      description = "Engine, or variant that the load names; several, each, or all by default.")
  private List<String> engines = List.of();

  @Option(
      names = "--event",
      paramLabel = "EVENT",
      defaultValue = "cpu",
      description = "cpu, alloc, wall or lock (default: ${DEFAULT-VALUE}).")
  private String event = "cpu";

  @Option(
      names = "--diff",
      description = "Compares two engines, both ways; with one named, it and the other.")
  private boolean difference;

  @Option(names = "--quick", description = "Shortened phases: fewer samples.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "profile-report",
      description = "Where the folder flames goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("profile-report");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ProfileOptions options = new ProfileOptions(event(), difference, quick, out);
    LoadsResult read = LoadFiles.read(List.of(file));
    if (!read.ok()) {
      ProblemLines.print(read.problems(), read.moreProblems(), spec.commandLine().getErr());
      return INVALID_LOAD;
    }
    Load load = read.loads().getFirst();
    if (load.phases().stream().noneMatch(Phase::measured)) {
      throw usage("load " + load.name() + " has no measured phase, and only these are profiled");
    }
    checkReport(load);
    List<Variant> variants = variants(load);
    return new Profile(load, file, variants, options, spec.commandLine().getOut()).run();
  }

  private ProfileEvent event() {
    try {
      return ProfileEvent.of(event);
    } catch (IllegalArgumentException e) {
      throw usage("--event: " + e.getMessage());
    }
  }

  private List<Variant> variants(Load load) {
    try {
      List<Variant> chosen = new ArrayList<>(Variants.of(load, engines));
      if (difference && chosen.size() == 1) {
        chosen.addFirst(partner(load, chosen.getFirst())); // what the named one is compared with
      }
      if (difference && chosen.size() != 2) {
        throw usage(
            "--diff: expected two engines, found %s; name two with --engine"
                .formatted(chosen.stream().map(Variant::name).toList()));
      }
      return List.copyOf(chosen);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /// The only other one, or else the first of [#PARTNERS] that is another.
  private static Variant partner(Load load, Variant first) {
    List<Variant> others =
        Variants.of(load, List.of()).stream().filter(other -> !other.equals(first)).toList();
    if (others.size() == 1) {
      return others.getFirst();
    }
    for (String name : PARTNERS) {
      for (Variant other : others) {
        if (other.name().equals(name)) {
          return other;
        }
      }
    }
    throw new IllegalArgumentException(
        "--diff: expected one engine beside %s, found %s; name two with --engine"
            .formatted(first.name(), others.stream().map(Variant::name).toList()));
  }

  /// A report that stands in the folder must be of this load: it is going to link the graphs.
  private void checkReport(Load load) throws IOException {
    if (Files.exists(out.resolve(Reports.TRIALS))) {
      String reported = Reports.read(out).load();
      if (!reported.equals(load.name())) {
        throw usage(
            "--out: %s holds the report of load %s, not of %s"
                .formatted(out, reported, load.name()));
      }
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
