package dev.cpra.harness.cli;

import dev.cpra.harness.gate.Gate;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.Documents;
import dev.cpra.manifest.Manifests;
import dev.cpra.manifest.load.LoadsResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra validate`: every error of manifests, loads and gates, with its place.
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks manifests, loads and gates and prints every error as file:line:column.",
    footer = {"", "Exit codes: 0 all files are valid; 1 some are not; 2 wrong usage."})
public final class ValidateCommand implements Callable<Integer> {
  private static final int INVALID = 1;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Manifests, loads and gates.")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int code = 0;
    for (Path file : files) {
      code = Math.max(code, validate(file));
    }
    return code;
  }

  /// A file that is valid as nothing is what its keys make it: the number of errors tells nothing,
  /// since one unknown key hides all that stands below it.
  private int validate(Path file) {
    PrintWriter error = spec.commandLine().getErr();
    Manifests.Reading manifest = Manifests.read(file, LoadFiles.lenient(), _ -> {});
    if (manifest.ok()) {
      return valid(file, "manifest, %,d monitors".formatted(manifest.monitors()));
    }
    if (Files.isDirectory(file)) {
      ProblemLines.print(manifest.problems(), manifest.moreProblems(), error);
      return INVALID;
    }
    LoadsResult load = LoadFiles.read(List.of(file));
    if (load.ok()) {
      long count = LoadFiles.count(load.loads().getFirst());
      return valid(file, "load, %,d monitors".formatted(count));
    }
    Gate.Read gate = Gate.read(file, spec.commandLine().getOut());
    if (gate.gate() != null) {
      return valid(file, "gate");
    }
    if (gate.telling()) {
      ProblemLines.print(gate.problems(), 0, error);
    } else if (Documents.typeOf(file) == Documents.Type.MANIFEST) {
      ProblemLines.print(manifest.problems(), manifest.moreProblems(), error);
    } else {
      ProblemLines.print(load.problems(), load.moreProblems(), error);
    }
    return INVALID;
  }

  private int valid(Path file, String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(file + ": valid " + what);
    out.flush();
    return 0;
  }
}
