package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.ShardedEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Shards side by side, each on a drive and a thread of its own. They share nothing; only a task
/// from outside makes them meet: it runs while all of them stand still between two ticks, so that
/// it sees one account.
final class ShardedDrive implements EngineThread {
  private final ShardedEngine engine;
  private final List<? extends EngineThread> drives;
  private boolean stopping;

  /// @param drives one for each shard, in their order
  ShardedDrive(ShardedEngine engine, List<? extends EngineThread> drives) {
    this.engine = engine;
    this.drives = List.copyOf(drives);
  }

  @Override
  public void start() {
    drives.forEach(EngineThread::start);
  }

  @Override
  public List<Thread> threads() {
    return drives.stream().flatMap(drive -> drive.threads().stream()).toList();
  }

  /// Of all shards.
  @Override
  public long ticks() {
    return drives.stream().mapToLong(EngineThread::ticks).sum();
  }

  /// One at a time, so that every shard meets for the tasks in the same order.
  @Override
  public synchronized void submit(Consumer<Engine> task) {
    if (stopping) {
      throw new RejectedExecutionException("the shards are stopping");
    }
    CountDownLatch arrived = new CountDownLatch(drives.size());
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 1; i < drives.size(); i++) {
      drives
          .get(i)
          .submit(_ -> {
            arrived.countDown();
            await(done);
          });
    }
    drives
        .getFirst()
        .submit(_ -> {
          arrived.countDown();
          await(arrived);
          try {
            task.accept(engine);
          } finally {
            done.countDown();
          }
        });
  }

  /// Waits while the other shards live; one of them may have died on its way here.
  private void await(CountDownLatch latch) {
    try {
      while (!latch.await(20, TimeUnit.MILLISECONDS)) {
        if (failure() != null) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void callAndTick(Consumer<Engine> task) throws InterruptedException {
    call(task);
    for (EngineThread drive : drives) {
      drive.callAndTick(_ -> {});
    }
  }

  @Override
  public boolean stop(Duration bound) throws InterruptedException {
    boolean first;
    synchronized (this) {
      first = !stopping;
      stopping = true;
    }
    if (first && failure() == null) {
      meetOnce();
    }
    boolean drained = true;
    for (EngineThread drive : drives) {
      drained &= drive.stop(bound);
    }
    return drained;
  }

  /// A drive that ends forgets its tasks, and another shard would wait for it for ever: so each
  /// runs a last one, after which none is left.
  private void meetOnce() throws InterruptedException {
    for (EngineThread drive : drives) {
      drive.call(_ -> {});
    }
  }

  @Override
  public @Nullable Throwable failure() {
    for (EngineThread drive : drives) {
      Throwable failure = drive.failure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }
}
