package dev.cpra.harness.simulate;

import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The main class of the processes that [SeedForks] starts. Its one argument is what to run, as
/// JSON; not for people.
public final class SeedMain {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SeedMain() {}

  /// What a process is told; a path is text there.
  private record Told(
      String file,
      List<Variant> variants,
      long firstSeed,
      int seeds,
      long forNanos,
      @Nullable List<Integer> monitors,
      @Nullable List<Integer> faults) {}

  static String argument(SimulateOptions options) {
    Told told =
        new Told(
            options.file().toAbsolutePath().toString(),
            options.variants(),
            options.firstSeed(),
            options.seeds(),
            options.forNanos(),
            options.monitors(),
            options.faults());
    return MAPPER.writeValueAsString(told);
  }

  /// Runs the seeds it is told.
  public static void main(String[] arguments) {
    Told told = MAPPER.readValue(arguments[0], Told.class);
    Path file = Path.of(told.file);
    LoadsResult read = LoadFiles.readForSimulation(List.of(file));
    if (!read.ok()) {
      throw new IllegalStateException("the load changed since it was checked: " + read.problems());
    }
    Load load = read.loads().getFirst();
    SimulateOptions options =
        new SimulateOptions(
            file,
            told.variants,
            told.firstSeed,
            told.seeds,
            told.forNanos,
            told.monitors,
            told.faults,
            0);
    SeedChild.run(load, options, System.out);
  }
}
