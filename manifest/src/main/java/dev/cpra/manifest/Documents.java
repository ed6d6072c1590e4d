package dev.cpra.manifest;

import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.MonitorSource;
import dev.cpra.manifest.read.Document;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import java.nio.file.Path;
import java.util.List;

/// Validates files without being told what they are.
public final class Documents {
  private static final long LOOKAHEAD_EVENTS = 100_000;
  private static final int WEIGHT_MAX = 10_000;

  private Documents() {}

  /// What a file holds.
  public enum Type {
    /// Monitors for the daemon.
    MANIFEST,
    /// Something for the harness to run.
    LOAD
  }

  /// What validating a file gave.
  ///
  /// @param type what the file was taken for
  /// @param problems the first ones; a load's manifest may have some under its own name
  /// @param moreProblems how many there were beyond those
  public record Validation(Type type, List<Problem> problems, long moreProblems) {
    /// Whether everything was right.
    public boolean ok() {
      return problems.isEmpty();
    }

    /// One line per problem, and one more for those left out.
    public String report() {
      return Problem.report(problems, moreProblems);
    }
  }

  /// Validates a manifest or a load, and the manifest that a load names.
  public static Validation validate(Path file) {
    return validate(file, LoadOptions.defaults());
  }

  /// Validates with these options.
  public static Validation validate(Path file, LoadOptions options) {
    if (typeOf(file) == Type.MANIFEST) {
      Manifests.Reading reading = Manifests.read(file, options, _ -> {});
      return new Validation(Type.MANIFEST, reading.problems(), reading.moreProblems());
    }
    LoadsResult result = Loads.load(options, List.of(file));
    for (Load load : result.loads()) {
      if (load.monitors() instanceof MonitorSource.FromManifest source) {
        LoadOptions placed = load.targets().placeholders(options);
        Manifests.Reading reading = Manifests.read(source.manifest(), placed, _ -> {});
        return new Validation(Type.LOAD, reading.problems(), reading.moreProblems());
      }
    }
    return new Validation(Type.LOAD, result.problems(), result.moreProblems());
  }

  /// What the file seems to hold, by its first telling key. A list of monitors so long that no key
  /// behind it is seen makes a manifest, and so does whatever cannot be read.
  public static Type typeOf(Path file) {
    Type[] found = {Type.MANIFEST};
    Document.visit(file, new Problems("", 0), WEIGHT_MAX, document -> found[0] = type(document));
    return found[0];
  }

  private static Type type(Document document) {
    Node.Scalar key = document.nextKey();
    while (key != null) {
      switch (key.text()) {
        case "name",
            "question",
            "manifest",
            "work",
            "targets",
            "drive",
            "engine",
            "phases",
            "faults",
            "engines" -> {
          return Type.LOAD;
        }
        case "defaults", "labels", "groups", "silences", "maintenance", "safety" -> {
          return Type.MANIFEST;
        }
        case "monitors" -> {
          if (document.atMapping()) {
            return Type.LOAD;
          }
        }
        default -> {}
      }
      if (!document.skip(LOOKAHEAD_EVENTS)) {
        return Type.MANIFEST;
      }
      key = document.nextKey();
    }
    return Type.MANIFEST;
  }
}
