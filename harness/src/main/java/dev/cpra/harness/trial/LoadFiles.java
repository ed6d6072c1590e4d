package dev.cpra.harness.trial;

import dev.cpra.harness.targets.TargetHost;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.Problem;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import dev.cpra.manifest.load.GenerateResult;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.MonitorSource;
import dev.cpra.manifest.load.Phase;
import dev.cpra.manifest.load.Simulation;
import dev.cpra.manifest.load.Targets;
import dev.cpra.manifest.load.Work;
import dev.cpra.simulator.Population;
import dev.cpra.simulator.work.LaneFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads loads with all that they need: the manifests they name, and what the harness itself
/// demands. Stateless.
public final class LoadFiles {
  /// What embedded targets are called before they have a port: discard on loopback.
  private static final String PLACEHOLDER = "127.0.0.1:9";

  private LoadFiles() {}

  /// Reads loads for running them.
  ///
  /// @return all of them, or every problem of every one and of the manifests they name
  public static LoadsResult read(List<Path> files) {
    return read(files, LoadFiles::refusals, true);
  }

  /// Reads loads for simulating them, where all but real probes goes.
  ///
  /// @return all of them, or every problem of every one and of the manifests they name
  public static LoadsResult readForSimulation(List<Path> files) {
    return read(files, LoadFiles::refusalsOfSimulation, true);
  }

  private static List<Problem> refusalsOfSimulation(Load load) {
    return load.work().kind() == Work.Kind.WIRE
        ? List.of(
            problem(
                load,
                "work of kind `wire` asks real targets, which virtual time has not; use `scripted`"))
        : List.of();
  }

  private static Problem problem(Load load, String message) {
    return new Problem(load.file().toString(), 1, 1, message);
  }

  /// @param manifests whether the manifests that loads name are checked too
  private static LoadsResult read(
      List<Path> files, Function<Load, List<Problem>> refusing, boolean manifests) {
    LoadsResult result = Loads.load(lenient(), files);
    if (!result.ok()) {
      return result;
    }
    List<Problem> problems = new ArrayList<>();
    long more = 0;
    for (Load load : result.loads()) {
      problems.addAll(refusing.apply(load));
      if (manifests && load.monitors() instanceof MonitorSource.FromManifest(Path manifest)) {
        var reading = Manifests.read(manifest, options(load, placeholders(load)), _ -> {});
        problems.addAll(reading.problems());
        more += reading.moreProblems();
      }
    }
    return problems.isEmpty() ? result : new LoadsResult(List.of(), List.copyOf(problems), more);
  }

  /// Options for checking files apart from a run: any variable of a target stands for an address.
  public static LoadOptions lenient() {
    LoadOptions defaults = LoadOptions.defaults();
    return defaults.withVariables(name -> {
      String value = defaults.variables().apply(name);
      return value == null && name.startsWith(Targets.VARIABLE_PREFIX) ? PLACEHOLDER : value;
    });
  }

  /// What is right in a load and can't be run.
  private static List<Problem> refusals(Load load) {
    List<String> found = new ArrayList<>();
    Work.Kind work = load.work().kind();
    if (load.drive() == Drive.RAMP) {
      found.addAll(refusalsOfRamp(load));
    }
    if (load.drive() == Drive.SATURATE && work != Work.Kind.NOOP) {
      found.add(
          "drive `saturate` runs in virtual time, where only work of kind `noop` makes sense");
    }
    if (!load.simulation().equals(Simulation.PLAIN)) {
      found.add("`simulation` is for `simulate` only; remove it, or run that");
    }
    for (Fault fault : load.faults()) {
      if (fault.kind().aim() == FaultKind.Aim.MONITORS
          || fault.kind() == FaultKind.RESTART
          || fault.kind() == FaultKind.CRASH) {
        found.add("fault `" + fault.kind().key() + "` is for `simulate` only");
      } else if (fault.kind().aim() == FaultKind.Aim.TARGET && work == Work.Kind.NOOP) {
        found.add("fault `" + fault.kind().key() + "` needs targets, and `noop` work has none");
      } else if (LaneFaults.byWorkers(fault.kind()) && work != Work.Kind.SCRIPTED) {
        found.add(
            "fault `"
                + fault.kind().key()
                + "` is done by workers of kind `scripted`; found "
                + key(work));
      } else if (load.drive() == Drive.SATURATE) {
        found.add("fault `" + fault.kind().key() + "` needs real time; use the drive `open`");
      }
    }
    if (load.monitors() instanceof MonitorSource.Generated generated
        && generated.generate().throughManifest()) {
      found.addAll(GeneratedManifest.refusals(generated.generate(), work));
    }
    if (work != Work.Kind.WIRE && load.targets().http().size() + load.targets().tcp().size() > 0) {
      found.add("embedded targets are asked by work of kind `wire` only; found " + key(work));
    }
    return found.stream().distinct().map(message -> problem(load, message)).toList();
  }

  private static List<String> refusalsOfRamp(Load load) {
    List<String> found = new ArrayList<>();
    long measured = load.phases().stream().filter(Phase::measured).count();
    if (measured != 1 || !load.phases().getLast().measured()) {
      found.add(
          "drive `ramp` climbs in one phase: expected the last to be the only measured one, found "
              + measured
              + " measured; say `measured: false` of those before it");
    }
    if (load.work().kind() == Work.Kind.WIRE) {
      found.add("drive `ramp` would find the targets' limits, not the engine's; use other work");
    }
    if (!load.faults().isEmpty()) {
      found.add("drive `ramp` takes no faults: they would end the climb; use the drive `open`");
    }
    return found;
  }

  private static String key(Work.Kind kind) {
    return "`" + kind.name().toLowerCase(java.util.Locale.ROOT) + "`";
  }

  /// How many monitors a load has that was read without problems.
  public static long count(Load load) {
    return switch (load.monitors()) {
      case MonitorSource.Generated generated -> generated.generate().count();
      case MonitorSource.Inline inline -> inline.count();
      case MonitorSource.FromManifest(Path manifest) ->
          Manifests.read(manifest, options(load, placeholders(load)), _ -> {}).monitors();
    };
  }

  private static Map<String, String> placeholders(Load load) {
    Map<String, String> variables = new HashMap<>();
    for (List<Targets.Target> targets : List.of(load.targets().http(), load.targets().tcp())) {
      targets.forEach(target -> variables.put(target.variable(), PLACEHOLDER));
    }
    variables.put(TargetHost.CONTROL, PLACEHOLDER);
    return variables;
  }

  /// Variables of targets first, then those of the environment.
  private static LoadOptions options(Load load, Map<String, String> variables) {
    LoadOptions defaults = LoadOptions.defaults();
    return defaults
        .withVariables(name -> {
          String value = variables.get(name);
          return value == null ? defaults.variables().apply(name) : value;
        })
        .withRequireAvailable(load.work().kind() == Work.Kind.WIRE);
  }

  /// The load of a forked trial, as it will run.
  static Load forTrial(TrialSpec spec) {
    // A manifest is not read here: how long that takes is measured, and once is enough.
    LoadsResult result = read(List.of(Path.of(spec.load())), LoadFiles::refusals, false);
    if (!result.ok()) {
      throw new TrialFailure("the load changed since it was checked: " + result.problems());
    }
    Load load = result.loads().getFirst();
    return spec.quick() ? Quick.shorten(load) : load;
  }

  /// The monitors of a load of [Work.Kind#NOOP] or [Work.Kind#SCRIPTED].
  public static Population population(Load load, Map<String, String> variables) {
    return load.monitors() instanceof MonitorSource.Generated generated
        ? Population.of(generated.generate())
        : Population.of(specs(load, variables));
  }

  /// The monitors of a load without targets of its own.
  public static Population populationForSimulation(Load load) {
    return population(load, placeholders(load));
  }

  /// The monitors of a load with all that probes need to know, disabled ones left out.
  static List<MonitorSpec> specs(Load load, Map<String, String> variables) {
    LoadOptions options = options(load, variables);
    LoadResult result =
        switch (load.monitors()) {
          case MonitorSource.FromManifest(Path manifest) -> Manifests.load(manifest, options);
          case MonitorSource.Inline inline -> inline.read(options);
          case MonitorSource.Generated generated -> GeneratedSpecs.of(generated.resolve(options));
        };
    return enabled(result);
  }

  private static List<MonitorSpec> enabled(LoadResult result) {
    if (!result.ok()) {
      throw new TrialFailure("the monitors can't be read: " + result.report());
    }
    return result.monitors().stream().filter(MonitorSpec::enabled).toList();
  }

  /// Monitors of a mix with their configs.
  private static final class GeneratedSpecs {
    private GeneratedSpecs() {}

    static LoadResult of(GenerateResult result) {
      var generate = result.generate();
      if (generate == null) {
        return new LoadResult(List.of(), result.problems(), 0);
      }
      List<MonitorSpec> specs = new ArrayList<>(generate.count());
      for (int i = 0; i < generate.count(); i++) {
        var entry = generate.entry(i);
        var pulse = entry.pulse();
        if (pulse == null) {
          throw new TrialFailure(
              "work of kind `wire` needs a `config` in every entry of the mix; none for `"
                  + entry.type()
                  + "`");
        }
        specs.add(
            MonitorSpec.of(generate.name(i), entry.rules(), pulse)
                .withIntervention(entry.rules(), entry.intervention())
                .withCodes(entry.codes()));
      }
      return new LoadResult(List.copyOf(specs), List.of(), 0);
    }
  }

  /// What is around the engine of a forked trial.
  static TrialWorld world(TrialSpec spec, Load load) {
    if (load.work().kind() == Work.Kind.WIRE) {
      return WireWorld.of(spec, load);
    }
    Path manifest = manifest(spec, load);
    if (manifest == null) {
      return new TrialWorld.Played(population(load, spec.variables()), new TrialClock(), null);
    }
    long before = System.nanoTime();
    LoadResult result = Manifests.load(manifest, options(load, spec.variables()));
    long took = System.nanoTime() - before;
    if (load.monitors() instanceof MonitorSource.Generated) {
      GeneratedManifest.delete(manifest);
    }
    return new TrialWorld.Played(Population.of(enabled(result)), new TrialClock(), took);
  }

  /// The manifest that the monitors come from, written first if they are generated; null if they
  /// come from none.
  private static @Nullable Path manifest(TrialSpec spec, Load load) {
    return switch (load.monitors()) {
      case MonitorSource.FromManifest(Path manifest) -> manifest;
      case MonitorSource.Generated generated when generated.generate().throughManifest() ->
          GeneratedManifest.write(generated.generate(), Path.of(spec.folder()));
      case MonitorSource.Generated _, MonitorSource.Inline _ -> null;
    };
  }
}
