package dev.cpra.harness.gate;

import dev.cpra.engine.EngineProvider;
import dev.cpra.harness.paired.Build;
import dev.cpra.harness.planted.PlantedCost;
import dev.cpra.harness.planted.PlantedEngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder that, in front of a class path, makes a build with a planted cost of it: it registers
/// [PlantedEngineProvider] before every real provider, and holds the cost.
///
/// @param name for a reader
/// @param folder removed when closed
record PlantedBuild(String name, Path folder) implements AutoCloseable {
  static PlantedBuild of(String name, PlantedCost cost) throws IOException {
    Path folder = Files.createTempDirectory("cpra-planted-");
    Path services = Files.createDirectories(folder.resolve("META-INF").resolve("services"));
    Files.writeString(
        services.resolve(EngineProvider.class.getName()),
        PlantedEngineProvider.class.getName() + "\n");
    Files.writeString(folder.resolve(PlantedCost.RESOURCE), cost.text());
    return new PlantedBuild(name, folder);
  }

  /// The build with the cost planted.
  Build in(Build build) {
    return build.behind(name, folder);
  }

  @Override
  public void close() throws IOException {
    List<Path> found;
    try (Stream<Path> walked = Files.walk(folder)) {
      found = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      Files.delete(path);
    }
  }
}
