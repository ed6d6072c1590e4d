package dev.cpra.manifest;

import dev.cpra.manifest.read.Document;
import dev.cpra.manifest.read.MonitorReader;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads manifests: YAML or JSON, also packed with gzip. Strict: every problem is found and
/// reported with its place, up to a bound.
///
/// The file is read from front to back and one monitor is in memory at a time, so `defaults`,
/// `labels` and `groups` must stand before `monitors`.
public final class Manifests {
  /// Most nodes of one monitor or other value, aliases expanded.
  static final int WEIGHT_MAX = 20_000;

  private Manifests() {}

  /// What streaming a manifest gave.
  ///
  /// @param monitors how many items the file has, wrong ones included
  /// @param problems the first ones, in the order of their places
  /// @param moreProblems how many there were beyond those
  public record Reading(long monitors, List<Problem> problems, long moreProblems) {
    /// Whether everything was right.
    public boolean ok() {
      return problems.isEmpty();
    }
  }

  /// Reads a whole manifest. If anything is wrong the result has no monitors.
  public static LoadResult load(Path file, LoadOptions options) {
    List<MonitorSpec> monitors = new ArrayList<>();
    Reading reading = read(file, options, monitors::add);
    if (!reading.ok()) {
      return new LoadResult(List.of(), reading.problems(), reading.moreProblems());
    }
    return new LoadResult(Collections.unmodifiableList(monitors), List.of(), 0);
  }

  /// Reads a manifest and hands over each sound monitor as soon as it is read, on the caller's
  /// thread. Once something is wrong nothing more is handed over; the rest is still checked. What
  /// was handed over must not be used before the reading has turned out [Reading#ok].
  public static Reading read(Path file, LoadOptions options, Consumer<MonitorSpec> consumer) {
    Problems problems = new Problems(file.toString(), options.maxProblems());
    Visit visit = new Visit(options, problems, consumer);
    Document.visit(file, problems, WEIGHT_MAX, visit::read);
    return new Reading(visit.count, problems.sorted(), problems.dropped());
  }

  private static final class Visit {
    private final MonitorReader reader;
    private final Problems problems;
    private final Consumer<MonitorSpec> consumer;
    private boolean monitorsSeen;
    private long count;

    Visit(LoadOptions options, Problems problems, Consumer<MonitorSpec> consumer) {
      this.reader = new MonitorReader(options, problems);
      this.problems = problems;
      this.consumer = consumer;
    }

    void read(Document document) {
      Node.@Nullable Scalar key;
      while ((key = document.nextKey()) != null) {
        switch (key.text()) {
          case "monitors" -> monitors(document);
          case "defaults", "labels", "groups" -> {
            if (monitorsSeen) {
              problems.add(
                  key, "`" + key.text() + "` stands behind `monitors`; move it before them");
              document.skip();
            } else {
              reader.preamble(key.text(), document.value());
            }
          }
          default -> {
            problems.add(key, MonitorReader.unknownRootKey(key.text()));
            document.skip();
          }
        }
      }
      if (!monitorsSeen) {
        problems.add(1, 1, "missing key `monitors`; expected a list of monitors");
      }
    }

    private void monitors(Document document) {
      monitorsSeen = true;
      if (!document.enterList()) {
        Node value = document.value();
        problems.add(value, "`monitors`: expected a list; begin each monitor with `- name:`");
        return;
      }
      Node item;
      while ((item = document.nextItem()) != null) {
        count++;
        MonitorSpec monitor = reader.read(item);
        if (monitor != null && problems.count() == 0) {
          consumer.accept(monitor);
        }
      }
    }
  }
}
