package dev.cpra.harness.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The flame graphs that lie beside a report, so that the report can link them. Kept as JSON in
/// their folder.
///
/// @param load the name of the load that was profiled
/// @param links the graphs, in the order in which they came
public record FlameLinks(String load, List<Link> links) {
  /// The folder of the graphs, beside the report.
  public static final String FOLDER = "flames";

  private static final String FILE = "flames.json";

  /// One flame graph.
  ///
  /// @param graph the HTML file's name in the folder
  /// @param recording the JFR file's name in the folder; null for a difference of two
  /// @param caption what it shows, of when
  public record Link(String graph, @Nullable String recording, String caption) {}

  /// Reads the links beside a report.
  ///
  /// @param report the report's folder
  /// @return null if nothing was profiled there
  public static @Nullable FlameLinks read(Path report) throws IOException {
    Path file = report.resolve(FOLDER).resolve(FILE);
    return Files.exists(file) ? ResultFiles.read(file, FlameLinks.class) : null;
  }

  /// With one more, or with another in the place of the one whose graph is the same file.
  public FlameLinks with(Link link) {
    List<Link> all = new ArrayList<>(links);
    all.removeIf(other -> other.graph().equals(link.graph()));
    all.add(link);
    return new FlameLinks(load, List.copyOf(all));
  }

  /// Writes the links beside a report.
  public void write(Path report) throws IOException {
    ResultFiles.writeJson(this, report.resolve(FOLDER).resolve(FILE));
  }
}
