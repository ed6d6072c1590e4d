package dev.cpra.manifest;

import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.read.Document;
import dev.cpra.manifest.read.Merged;
import dev.cpra.manifest.read.MonitorReader;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.PolicyReader;
import dev.cpra.manifest.read.Problems;
import java.io.IOException;
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
///
/// Several files, or a directory ([ManifestFiles]), make one configuration: `defaults` and `labels`
/// hold in their own file; monitors, groups, silences and maintenance are put together, in the
/// order of the files; a name, what holds for a group, and `safety` stand once.
public final class Manifests {
  /// Most nodes of one monitor or other value, aliases expanded.
  static final int WEIGHT_MAX = 20_000;

  private Manifests() {}

  /// What streaming a manifest gave.
  ///
  /// @param monitors how many items the file has, wrong ones included
  /// @param policy what it says beside them; [Policy#DEFAULT] when anything is wrong
  /// @param problems the first ones, in the order of their places
  /// @param moreProblems how many there were beyond those
  public record Reading(long monitors, Policy policy, List<Problem> problems, long moreProblems) {
    /// Whether everything was right.
    public boolean ok() {
      return problems.isEmpty();
    }
  }

  /// Reads a whole manifest, or all of a directory. If anything is wrong the result has no
  /// monitors.
  public static LoadResult load(Path path, LoadOptions options) {
    return load(List.of(path), options);
  }

  /// Reads a whole configuration of files and directories. If anything is wrong in any of them the
  /// result has no monitors.
  public static LoadResult load(List<Path> paths, LoadOptions options) {
    List<MonitorSpec> monitors = new ArrayList<>();
    Reading reading = read(paths, options, monitors::add);
    if (!reading.ok()) {
      return new LoadResult(List.of(), reading.problems(), reading.moreProblems());
    }
    return new LoadResult(Collections.unmodifiableList(monitors), reading.policy(), List.of(), 0);
  }

  /// Reads a manifest, or all of a directory, and hands over each sound monitor as soon as it is
  /// read, on the caller's thread. Once something is wrong nothing more is handed over; the rest is
  /// still checked. What was handed over must not be used before the reading has turned out
  /// [Reading#ok].
  public static Reading read(Path path, LoadOptions options, Consumer<MonitorSpec> consumer) {
    return read(List.of(path), options, consumer);
  }

  /// Reads a configuration of files and directories as [#read(Path, LoadOptions, Consumer)] does.
  public static Reading read(
      List<Path> paths, LoadOptions options, Consumer<MonitorSpec> consumer) {
    List<Path> files;
    try {
      files = ManifestFiles.of(paths);
    } catch (IOException failed) {
      Path first = paths.isEmpty() ? Path.of("") : paths.getFirst();
      Problem problem = new Problem(first.toString(), 1, 1, String.valueOf(failed.getMessage()));
      return new Reading(0, Policy.DEFAULT, List.of(problem), 0);
    }
    Run run = new Run(files, options, consumer);
    if (files.size() > 1) {
      run.groups();
    }
    return run.read();
  }

  /// One configuration being read.
  private static final class Run {
    private final List<Path> files;
    private final LoadOptions options;
    private final Consumer<MonitorSpec> consumer;
    private final Merged merged;
    private final List<Problem> kept = new ArrayList<>();
    private long more;
    private boolean monitorsSeen;
    private long count;

    Run(List<Path> files, LoadOptions options, Consumer<MonitorSpec> consumer) {
      this.files = files;
      this.options = options;
      this.consumer = consumer;
      this.merged = new Merged(files);
    }

    /// Monitors may name groups of later files, so groups are read first. They stand before the
    /// monitors, so no more than the beginning of each file is read; what is wrong with it is
    /// reported when the whole is.
    void groups() {
      for (int i = 0; i < files.size(); i++) {
        Problems ignored = new Problems(files.get(i).toString(), 0);
        MonitorReader reader = new MonitorReader(options, ignored, merged, i);
        Document.visit(
            files.get(i),
            ignored,
            WEIGHT_MAX,
            document -> {
              Node.@Nullable Scalar key;
              while ((key = document.nextKey()) != null && !key.text().equals("monitors")) {
                if (key.text().equals("groups")) {
                  reader.preamble("groups", document.value());
                } else {
                  var _ = document.value(); // its anchors may be used in the groups
                }
              }
            });
      }
    }

    Reading read() {
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i);
        Problems problems =
            new Problems(file.toString(), Math.max(0, options.maxProblems() - kept.size()));
        Visit visit = new Visit(this, problems, i);
        Document.visit(file, problems, WEIGHT_MAX, visit::read);
        kept.addAll(problems.sorted());
        more += problems.dropped();
      }
      if (files.size() > 1 && !monitorsSeen && kept.isEmpty()) {
        kept.add(
            new Problem(
                files.getFirst().toString(),
                1,
                1,
                "missing key `monitors`; expected a list of monitors in at least one of the "
                    + files.size()
                    + " files"));
      }
      boolean ok = kept.isEmpty() && more == 0;
      return new Reading(count, ok ? merged.policy() : Policy.DEFAULT, List.copyOf(kept), more);
    }
  }

  /// One file being read.
  private static final class Visit {
    private final Run run;
    private final MonitorReader reader;
    private final PolicyReader policy;
    private final Problems problems;
    private boolean monitorsSeen;

    Visit(Run run, Problems problems, int file) {
      this.run = run;
      this.reader = new MonitorReader(run.options, problems, run.merged, file);
      this.policy = new PolicyReader(run.options, problems, run.merged, file);
      this.problems = problems;
    }

    void read(Document document) {
      Node.@Nullable Scalar key;
      while ((key = document.nextKey()) != null) {
        switch (key.text()) {
          case "monitors" -> monitors(document);
          case "silences", "maintenance", "safety" -> policy.read(key.text(), document.value());
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
      policy.finish();
      if (!monitorsSeen && run.files.size() == 1) {
        problems.add(1, 1, "missing key `monitors`; expected a list of monitors");
      }
    }

    private void monitors(Document document) {
      monitorsSeen = true;
      run.monitorsSeen = true;
      if (!document.enterList()) {
        Node value = document.value();
        problems.add(value, "`monitors`: expected a list; begin each monitor with `- name:`");
        return;
      }
      Node item;
      while ((item = document.nextItem()) != null) {
        run.count++;
        MonitorSpec monitor = reader.read(item);
        if (monitor != null && problems.count() == 0 && run.kept.isEmpty() && run.more == 0) {
          run.consumer.accept(monitor);
        }
      }
    }
  }
}
