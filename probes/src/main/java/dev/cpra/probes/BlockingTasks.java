package dev.cpra.probes;

import dev.cpra.engine.Lane;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Virtual threads for work that blocks. Each lane has room of its own for so many at once: slow
/// checks starve neither repairs nor alerts. What finds no room waits for it, in order of arrival;
/// what is cancelled meanwhile never runs. Thread-safe.
final class BlockingTasks implements AutoCloseable {
  /// Most tasks of a lane that wait for room.
  static final int WAITING_MAX = 65_536;

  private static final long CLOSE_SECONDS_MAX = 5;

  /// What blocks.
  @FunctionalInterface
  interface Work {
    /// The work. Interrupted when it is cancelled.
    void run();

    /// Called after it, also if it was cancelled: waits for what it left running, which goes on
    /// taking up its room. Interrupted by the close only.
    default void linger() throws InterruptedException {}
  }

  private final Map<Lane, Room> rooms = new EnumMap<>(Lane.class);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param most tasks of each lane at once
  /// @param waitingMax tasks of each lane that wait for room
  BlockingTasks(int most, int waitingMax) {
    for (Lane lane : Lane.values()) {
      rooms.put(lane, new Room(most, waitingMax));
    }
  }

  /// Starts a task, or lets it wait for room.
  ///
  /// @return null if too many wait already, or all is closed
  @Nullable Task start(Lane lane, Work work) {
    Room room = rooms.get(lane);
    if (room == null) {
      throw new IllegalArgumentException("no room for " + lane);
    }
    Task task = new Task(room, work);
    return room.admit(task) ? task : null;
  }

  /// Interrupts what still runs and waits, within a bound, until it has cleaned up: the programs of
  /// checks are killed by these threads, and would outlive a process that ended first.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// One piece of work. All but [#run] belongs to the thread that started it.
  final class Task implements Runnable {
    private final Room room;
    private final Work work;
    private final FutureTask<?> future;
    private final long startNanos = System.nanoTime();
    private boolean waited;
    private volatile long waitedNanos = -1;

    private Task(Room room, Work work) {
      this.room = room;
      this.work = work;
      this.future = new FutureTask<>(work::run, null);
    }

    /// Whether it has not begun yet.
    boolean isWaiting() {
      return waitedNanos < 0;
    }

    /// Whether there was no room for it when it came.
    boolean hasWaited() {
      return waited;
    }

    /// How long it waited for room; negative if it still does.
    long waitedNanos() {
      return waitedNanos;
    }

    /// Takes it back, or interrupts it if it has begun.
    void cancel() {
      room.forget(this);
      var _ = future.cancel(true);
    }

    @Override
    public void run() {
      waitedNanos = Math.max(0, System.nanoTime() - startNanos);
      try {
        future.run();
        // What interrupted the work is not meant for what comes after it.
        var _ = Thread.interrupted();
        if (!threads.isShutdown()) {
          work.linger();
        }
      } catch (InterruptedException _) {
        // closed: what nobody can end is left behind
      } finally {
        room.leave();
      }
    }
  }

  /// The room of one lane.
  private final class Room {
    private final int waitingMax;
    // Both guarded by this.
    private final Set<Task> waiting = new LinkedHashSet<>();
    private int free;

    Room(int most, int waitingMax) {
      this.free = most;
      this.waitingMax = waitingMax;
    }

    boolean admit(Task task) {
      synchronized (this) {
        if (free == 0) {
          task.waited = true;
          return waiting.size() < waitingMax && waiting.add(task);
        }
        free--;
      }
      return begin(task);
    }

    synchronized void forget(Task task) {
      waiting.remove(task);
    }

    void leave() {
      Task next;
      synchronized (this) {
        Iterator<Task> first = waiting.iterator();
        if (!first.hasNext() || threads.isShutdown()) {
          free++;
          return;
        }
        next = first.next();
        first.remove();
      }
      var _ = begin(next);
    }

    private boolean begin(Task task) {
      try {
        threads.execute(task);
        return true;
      } catch (RejectedExecutionException _) {
        synchronized (this) {
          free++;
        }
        return false;
      }
    }
  }
}
