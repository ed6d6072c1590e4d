package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The handshake of [LaneRunner] under every interleaving that the model checker tries: a home loop
/// with one place for a job, a worker that empties it, an engine that publishes jobs.
final class TurnsTest {
  private static final int JOBS = 2;
  private static final int SOME = 1_000;
  private static final int MANY = 30_000;
  private static final String LOST = "work and room, and nobody will look";

  /// How a turn ends that has work and no room.
  private enum Look {
    /// As [LaneRunner] does: tells that it stalls, then looks for room once more.
    AGAIN,
    /// The canary: room that was made before the flag was set is seen by nobody.
    NEVER
  }

  /// One life of a runner; turns that were scheduled run on the home thread, one after another.
  private static final class World {
    private final Turns turns = new Turns();
    private final Look look;
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger handed = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();
    private final AtomicInteger scheduled = new AtomicInteger();

    World(Look look) {
      this.look = look;
    }

    private boolean hasRoom() {
      return handed.get() - released.get() < 1;
    }

    private boolean hasWork() {
      return handed.get() < published.get();
    }

    private void wake() {
      if (turns.wake()) {
        scheduled.incrementAndGet();
      }
    }

    private void turn() {
      turns.begin();
      while (hasRoom() && hasWork()) {
        handed.incrementAndGet();
      }
      if (hasWork()) {
        turns.stall();
        if (look == Look.AGAIN && hasRoom()) {
          wake();
        }
      }
    }

    private void runScheduled() {
      while (scheduled.get() > 0) {
        scheduled.decrementAndGet();
        turn();
      }
    }

    private void release() {
      if (released.get() < handed.get()) {
        released.incrementAndGet();
        if (turns.released()) {
          scheduled.incrementAndGet();
        }
      }
    }

    /// Once all are quiet, whatever is left has somebody who will look at it.
    void live() throws InterruptedException {
      Thread engine =
          new Thread(() -> {
            for (int i = 0; i < JOBS; i++) {
              published.incrementAndGet();
              wake();
            }
          });
      Thread home =
          new Thread(() -> {
            for (int i = 0; i < JOBS + 1; i++) {
              runScheduled();
            }
          });
      Thread worker =
          new Thread(() -> {
            for (int i = 0; i < JOBS; i++) {
              release();
            }
          });
      engine.start();
      home.start();
      worker.start();
      engine.join();
      home.join();
      worker.join();
      runScheduled();
      // Not AssertJ: the model checker follows every call in here.
      if (hasWork() && hasRoom()) {
        throw new AssertionError(LOST);
      }
    }
  }

  private static void check(Look look, int invocations) {
    Lincheck.runConcurrentTest(
        invocations,
        () -> {
          try {
            new World(look).live();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void noWakeUpIsLost() {
    check(Look.AGAIN, SOME);
  }

  @Tag("full")
  @Test
  void noWakeUpIsLostInManyMoreInterleavings() {
    check(Look.AGAIN, MANY);
  }

  @Test
  void aTurnThatDoesNotLookAgainIsCaught() {
    assertThatThrownBy(() -> check(Look.NEVER, SOME)).hasStackTraceContaining(LOST);
  }
}
