package dev.cpra.harness.paired;

import dev.cpra.harness.eval.JvmCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Where engines come from: the class path of a child JVM.
///
/// What a gate compares are engines. So the child of another build runs that build's engines, with
/// all that they need, under **this** build's harness: a change of the harness is no regression.
///
/// @param name for a reader
/// @param classPath of the child JVM
public record Build(String name, String classPath) {
  private static final String ENGINE_CLASSES = "dev/cpra/engine/";
  private static final String OWN_CLASSES = "dev/cpra/";
  private static final String ENGINE_API = "dev/cpra/engine/Engine.class";

  /// The build that runs.
  public static Build running() {
    return new Build("this build", JvmCommand.absolute(System.getProperty("java.class.path")));
  }

  /// Another build.
  ///
  /// @param path the root of a checkout that was built, its folder of jars, a jar in that folder,
  ///   or the jar of one engine alone, which then runs on this build's `engine-api`
  /// @throws IllegalArgumentException if nothing of the kind is there; says what was expected
  public static Build of(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      Path folder = path.toAbsolutePath().getParent();
      return folder != null && hasEngineApi(folder) ? of(path, jars(folder)) : single(path);
    }
    Path lib = path.resolve(Path.of("harness", "target", "lib"));
    Path folder = Files.isDirectory(lib) ? lib : path;
    if (!hasEngineApi(folder)) {
      throw new IllegalArgumentException(
          path
              + ": expected a checkout that was built, its harness/target/lib, or a jar in it; found"
              + " no engine-api there (`./cpra --version` in the checkout builds it)");
    }
    return of(path, jars(folder));
  }

  private static Build single(Path jar) throws IOException {
    if (!jar.toString().endsWith(".jar") || kind(jar) != Kind.ENGINE) {
      throw new IllegalArgumentException(
          jar
              + ": expected a jar with an engine, or one in a folder with engine-api; found neither");
    }
    String first = jar.toAbsolutePath().toString();
    return new Build(jar.toString(), first + File.pathSeparator + running().classPath());
  }

  /// This build's harness first; then all of the other's but its harness; then what else of this
  /// build the harness needs, its engines left out: one that the other build lacks must be missed.
  private static Build of(Path named, List<Path> theirs) throws IOException {
    List<String> first = new ArrayList<>();
    List<String> last = new ArrayList<>();
    for (String entry : running().classPath().split(File.pathSeparator, -1)) {
      switch (kind(Path.of(entry))) {
        case OWN -> first.add(entry);
        case LIBRARY -> last.add(entry);
        case ENGINE -> {}
      }
    }
    List<String> all = new ArrayList<>(first);
    for (Path jar : theirs) {
      if (kind(jar) != Kind.OWN) {
        all.add(jar.toAbsolutePath().toString());
      }
    }
    all.addAll(last);
    return new Build(named.toString(), String.join(File.pathSeparator, all));
  }

  /// This build with a folder or jar in front.
  public Build behind(String newName, Path front) {
    return new Build(newName, front.toAbsolutePath() + File.pathSeparator + classPath);
  }

  private enum Kind {
    /// Has packages of engines or their contract.
    ENGINE,
    /// Has other packages of this project.
    OWN,
    /// Is somebody else's.
    LIBRARY
  }

  private static Kind kind(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      return Files.isDirectory(entry.resolve(ENGINE_CLASSES))
          ? Kind.ENGINE
          : Files.isDirectory(entry.resolve(OWN_CLASSES)) ? Kind.OWN : Kind.LIBRARY;
    }
    if (!Files.isRegularFile(entry)) {
      return Kind.LIBRARY;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      boolean engine =
          jar.stream().anyMatch(e -> !e.isDirectory() && e.getName().startsWith(ENGINE_CLASSES));
      boolean own = engine || jar.stream().anyMatch(e -> e.getName().startsWith(OWN_CLASSES));
      return engine ? Kind.ENGINE : own ? Kind.OWN : Kind.LIBRARY;
    }
  }

  private static boolean hasEngineApi(Path folder) throws IOException {
    for (Path jar : jars(folder)) {
      try (JarFile file = new JarFile(jar.toFile())) {
        if (file.getEntry(ENGINE_API) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
