package dev.cpra.daemon.reload;

import dev.cpra.daemon.core.Changes;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.log.DaemonLog;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Problem;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Puts the next configuration in the place of the one that runs, or says what is wrong with it and
/// leaves everything as it is. Used by one thread.
///
/// Whoever changed it always sees what came of it: of each reload there are so many lines at most,
/// and none of them is left to the limit of the log.
public final class Reloader {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
  private static final Marker ANSWER = DaemonLog.UNLIMITED;

  /// Most monitors, and most problems, that are told of one reload.
  static final int LINES_MAX = 20;

  /// What came of it.
  public enum Outcome {
    /// The new configuration runs.
    APPLIED,
    /// It says what the old one said.
    UNCHANGED,
    /// It is wrong or cannot be served: the old one runs on.
    REFUSED
  }

  /// Changes what runs.
  @FunctionalInterface
  public interface Running {
    /// Does all of it, or nothing.
    ///
    /// @throws IllegalArgumentException if it cannot be served; nothing has changed then
    void apply(Changes changes) throws InterruptedException;
  }

  private final Supplier<LoadResult> source;
  private final Running running;
  private final Consumer<Configuration> applied;
  private Configuration configuration;

  /// @param source reads the configuration
  /// @param configuration what runs now
  /// @param running what runs it
  /// @param applied told of each configuration that was put in place
  public Reloader(
      Supplier<LoadResult> source,
      Configuration configuration,
      Running running,
      Consumer<Configuration> applied) {
    this.source = source;
    this.configuration = configuration;
    this.running = running;
    this.applied = applied;
  }

  /// Reads the configuration and puts it in place.
  public Outcome reload() throws InterruptedException {
    LoadResult loaded = source.get();
    if (!loaded.ok()) {
      refused(loaded);
      return Outcome.REFUSED;
    }
    Configuration next = Configuration.of(loaded);
    Plan plan = Plan.between(configuration, next);
    if (plan.isEmpty()) {
      LOG.info(ANSWER, "reload: nothing changed");
      configuration = next;
      return Outcome.UNCHANGED;
    }
    LOG.info(ANSWER, "reload: {}", plan.summary());
    plan.lines(LINES_MAX).forEach(line -> LOG.info(ANSWER, "reload: {}", line));
    try {
      running.apply(plan.changes(next));
    } catch (IllegalArgumentException e) {
      LOG.error(ANSWER, "reload refused, the old configuration runs on: {}", e.getMessage());
      return Outcome.REFUSED;
    }
    configuration = next;
    LOG.info(ANSWER, "reload: done");
    applied.accept(next);
    return Outcome.APPLIED;
  }

  private static void refused(LoadResult loaded) {
    List<Problem> problems = loaded.problems();
    long all = problems.size() + loaded.moreProblems();
    int shown = Math.min(problems.size(), LINES_MAX);
    LOG.error(ANSWER, "reload refused, the old configuration runs on: {} problems", all);
    for (Problem problem : problems.subList(0, shown)) {
      LOG.error(ANSWER, "reload refused: {}", problem);
    }
    if (all > shown) {
      LOG.error(ANSWER, "reload refused: and {} more, see `cpra validate`", all - shown);
    }
  }
}
