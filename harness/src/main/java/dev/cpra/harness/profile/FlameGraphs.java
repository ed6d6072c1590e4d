package dev.cpra.harness.profile;

import dev.cpra.harness.result.ResultFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import one.convert.Arguments;
import one.convert.FlameGraph;
import one.convert.JfrToFlame;

/// Recordings to stacks, stacks to flame graphs, with async-profiler's own converter. Stateless.
final class FlameGraphs {
  /// Frames narrower than this share of the whole, in percent, are not drawn.
  private static final double NARROWEST_PERCENT = 0.02;

  private FlameGraphs() {}

  /// The stacks of a recording, each with what it cost in the event's unit.
  static Stacks read(Path recording, ProfileEvent event) throws IOException {
    return read(recording, event, event.conversion()).times(event.weight());
  }

  /// How many samples these stacks rest on.
  static long samples(Path recording, ProfileEvent event) throws IOException {
    Arguments counts = event.conversion();
    counts.total = false;
    return read(recording, event, counts).total();
  }

  private static Stacks read(Path recording, ProfileEvent event, Arguments arguments)
      throws IOException {
    Path collapsed = Files.createTempFile("cpra-stacks-", ".txt");
    try {
      JfrToFlame.convert(recording.toString(), collapsed.toString(), arguments);
      Stacks stacks = Stacks.parse(Files.readAllLines(collapsed, StandardCharsets.UTF_8));
      return event.ownThreadsOnly() ? stacks.ofOwnThreads() : stacks;
    } finally {
      Files.deleteIfExists(collapsed);
    }
  }

  /// Writes a flame graph, one HTML file that needs no other.
  static void write(Stacks stacks, String title, Path file) throws IOException {
    write(graph(stacks, title), file);
  }

  /// Writes the flame graph of `after` with every frame coloured by how it differs from `before`:
  /// red where it costs more, blue where less, yellow where `before` has no such frame.
  static void writeDifference(Stacks before, Stacks after, String title, Path file)
      throws IOException {
    FlameGraph graph = graph(after, title);
    graph.diff(graph(before, title));
    write(graph, file);
  }

  private static FlameGraph graph(Stacks stacks, String title) throws IOException {
    Arguments arguments = new Arguments();
    arguments.title = title;
    arguments.output = "html";
    arguments.minwidth = NARROWEST_PERCENT;
    FlameGraph graph = new FlameGraph(arguments);
    graph.parseCollapsed(new StringReader(String.join("\n", stacks.lines()) + "\n"));
    return graph;
  }

  private static void write(FlameGraph graph, Path file) throws IOException {
    ByteArrayOutputStream html = new ByteArrayOutputStream();
    graph.dump(html);
    ResultFiles.write(html.toByteArray(), file);
  }
}
