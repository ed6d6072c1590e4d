package dev.cpra.manifest.load;

import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.Problem;
import dev.cpra.manifest.read.Document;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads loads: YAML or JSON, also packed with gzip, as strictly as manifests.
public final class Loads {
  private static final int WEIGHT_MAX = 200_000;

  private Loads() {}

  /// Reads loads with the default options.
  public static LoadsResult load(Path... files) {
    return load(LoadOptions.defaults(), List.of(files));
  }

  /// Reads loads. If anything is wrong in any of them the result has none.
  ///
  /// Monitors that the load holds or generates are checked, embedded targets having a placeholder
  /// for an address until [MonitorSource] is read with their real ones. A manifest it names must
  /// exist; it is checked when it is read.
  public static LoadsResult load(LoadOptions options, List<Path> files) {
    List<Load> loads = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    long more = 0;
    for (Path file : files) {
      Problems found = new Problems(file.toString(), options.maxProblems());
      Document.visit(
          file, found, WEIGHT_MAX, document -> read(file, document, options, found, loads));
      problems.addAll(found.sorted());
      more += found.dropped();
    }
    return problems.isEmpty()
        ? new LoadsResult(List.copyOf(loads), List.of(), 0)
        : new LoadsResult(List.of(), List.copyOf(problems), more);
  }

  private static void read(
      Path file, Document document, LoadOptions options, Problems problems, List<Load> into) {
    List<Node.Entry> entries = new ArrayList<>();
    int weight = 1;
    Node.Scalar key = document.nextKey();
    while (key != null) {
      Node value = document.value();
      weight += value.weight() + 1;
      entries.add(new Node.Entry(key, value));
      key = document.nextKey();
    }
    int line = entries.isEmpty() ? 1 : entries.get(0).key().line();
    int column = entries.isEmpty() ? 1 : entries.get(0).key().column();
    Load load =
        new LoadReader(file, options, problems, new Node.Mapping(entries, line, column, weight))
            .read();
    if (load != null && problems.count() == 0) {
      into.add(load);
    }
  }
}
