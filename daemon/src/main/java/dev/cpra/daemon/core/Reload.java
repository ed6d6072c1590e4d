package dev.cpra.daemon.core;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineDriver;
import dev.cpra.manifest.MonitorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Brings changes to a running engine, some monitors at a time, so that checks go on in between.
/// Everything that can be refused is refused before the first one. Used by one thread, which is not
/// the engine's.
final class Reload {
  /// Monitors that are changed between two ticks.
  private static final int CHUNK = 256;

  private static final long LOOK_MILLIS = 100;

  /// What changes. Called on the engine's thread.
  interface Target {
    /// From now on another policy holds.
    void policy(Changes changes);

    /// A monitor ends.
    void remove(String monitor);

    /// A monitor goes on like this, with its state, or begins if there is none of its name.
    void put(Watched monitor);
  }

  private final EngineDriver driver;
  private final Target target;

  Reload(EngineDriver driver, Target target) {
    this.driver = driver;
    this.target = target;
  }

  /// Does it. Returns when all of it is done.
  ///
  /// @param roomMax most monitors the engine holds
  /// @param count monitors it holds now
  /// @throws IllegalArgumentException if it cannot be served; nothing has changed then
  /// @throws IllegalStateException if the engine stops meanwhile
  void apply(Changes changes, Preparation preparation, int count, int roomMax)
      throws InterruptedException {
    // A removed monitor's place is free only when nothing of it is in flight, so none is counted
    // on.
    if (count + changes.added().size() > roomMax) {
      throw new IllegalArgumentException(
          "expected room for "
              + changes.added().size()
              + " more monitors, found "
              + (roomMax - count)
              + "; restart the daemon");
    }
    List<Watched> changed = prepared(changes.changed(), preparation);
    List<Watched> added = prepared(changes.added(), preparation);
    onEngine(_ -> target.policy(changes));
    inChunks(changes.removed(), target::remove);
    inChunks(changed, target::put);
    inChunks(added, target::put);
  }

  private static List<Watched> prepared(List<MonitorSpec> specs, Preparation preparation) {
    List<Watched> all = new ArrayList<>(specs.size());
    for (MonitorSpec spec : specs) {
      all.add(preparation.prepare(spec));
    }
    return all;
  }

  private <T> void inChunks(List<T> all, Consumer<T> each) throws InterruptedException {
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<T> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
      onEngine(_ -> chunk.forEach(each));
    }
  }

  private void onEngine(Consumer<Engine> task) throws InterruptedException {
    var _ =
        ask(engine -> {
          task.accept(engine);
          return true;
        });
  }

  /// Asks the engine's thread something, between two ticks.
  ///
  /// @throws IllegalStateException if the engine stops meanwhile
  <T> T ask(Function<Engine, T> question) throws InterruptedException {
    CompletableFuture<T> done = new CompletableFuture<>();
    driver.submit(engine -> {
      try {
        done.complete(question.apply(engine));
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    while (true) {
      try {
        return done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (driver.isStopped() && !done.isDone()) {
          throw new IllegalStateException("the engine stopped in the middle of a reload");
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a reload failed in the middle", e.getCause());
      }
    }
  }
}
