package dev.cpra.daemon.log;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes lines to an output on a thread of its own: a log that nobody reads, or a full disk, delays
/// no check. Bounded: a line that finds the queue full is dropped and counted. Thread-safe.
final class LogPipe implements AutoCloseable {
  /// Lines that may wait.
  static final int LINES_MAX = 8_192;

  private static final long CLOSE_SECONDS = 2;
  private static final byte[] NONE = {};

  private final OutputStream out;
  private final Runnable everySecond;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition written = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long taken;
  private long done;
  private long dropped;
  private long lost;
  private boolean closing;

  /// Starts the thread.
  ///
  /// @param everySecond what the pipe's thread does between lines, about once a second
  LogPipe(OutputStream out, Runnable everySecond) {
    this.out = out;
    this.everySecond = everySecond;
    Thread thread = new Thread(this::run, "cpra-log");
    thread.setDaemon(true);
    thread.start();
  }

  /// Hands a line over. Never waits for the output.
  void put(byte[] line) {
    lock.lock();
    try {
      if (closing || waiting.size() >= LINES_MAX) {
        dropped++;
        return;
      }
      waiting.add(line);
      taken++;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until what was handed over so far is written, at most for `bound`.
  ///
  /// @return whether it is
  boolean flush(Duration bound) {
    lock.lock();
    try {
      long upTo = taken;
      long left = bound.toNanos();
      while (done < upTo) {
        if (left <= 0) {
          return false;
        }
        left = written.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Lines that found no room.
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /// Lines that the output refused.
  long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /// Lines written.
  long written() {
    lock.lock();
    try {
      return done - lost;
    } finally {
      lock.unlock();
    }
  }

  /// Writes what waits, within two seconds, and stops the thread. The output stays open.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
    try {
      var _ = ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      loop();
    } finally {
      ended.countDown();
    }
  }

  private void loop() {
    long chore = System.nanoTime();
    byte @Nullable [] line = next();
    while (line != null) {
      if (line.length > 0) {
        finish(write(line));
      }
      long now = System.nanoTime();
      if (now - chore >= TimeUnit.SECONDS.toNanos(1)) {
        chore = now;
        everySecond.run();
      }
      line = next();
    }
  }

  /// The next line; an empty one when a second passed without any, null at the end.
  private byte @Nullable [] next() {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(1);
      while (waiting.isEmpty() && !closing) {
        if (left <= 0) {
          return NONE;
        }
        left = arrived.awaitNanos(left);
      }
      return waiting.poll();
    } catch (InterruptedException _) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean write(byte[] line) {
    try {
      out.write(line);
      out.flush();
      return true;
    } catch (IOException _) {
      return false; // where would one say so? The count is among the metrics
    }
  }

  private void finish(boolean well) {
    lock.lock();
    try {
      done++;
      lost += well ? 0 : 1;
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
