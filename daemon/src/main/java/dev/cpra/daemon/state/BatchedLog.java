package dev.cpra.daemon.state;

import dev.cpra.daemon.state.InterventionRecord.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers what is to be written and writes it in batches, on one thread of its own or, without
/// one, when told to.
///
/// A batch that cannot be written waits and is tried again, merged with what came since. The
/// intents in it are refused at once: their interventions do not happen.
public final class BatchedLog implements StateLog {
  private static final Logger LOG = LoggerFactory.getLogger(BatchedLog.class);

  /// States in one transaction; the writer is never longer away from an intent than that takes.
  private static final int STATES_PER_COMMIT = 10_000;

  /// How long a batch is gathered, unless somebody waits for it.
  private static final long GATHER_NANOS = 2_000_000;

  /// How long heartbeats wait for something else to be written with.
  private static final long PATIENCE_NANOS = 250_000_000;

  private static final long RETRY_FIRST_NANOS = 50_000_000;
  private static final long RETRY_MAX_NANOS = 2_000_000_000;
  private static final long BEGIN_BOUND_NANOS = 10_000_000_000L;
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

  private final Storage storage;
  private final RecoveredState recovered;
  private final @Nullable Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final ReentrantLock commits = new ReentrantLock();

  // Guarded by the lock.
  private final Pending pending = new Pending();
  private List<IntentRequest> requests = new ArrayList<>();
  private long lastId;
  private long handedNanos;
  private long durableNanos;
  private int waiters;
  private boolean underWay;
  private int inHand;
  private boolean closing;
  private boolean closed;
  private String error = "";
  private long written;
  private long commitCount;
  private long failures;
  private long unrecorded;

  private BatchedLog(Storage storage, boolean ownThread) throws StateException {
    this.storage = storage;
    this.recovered = storage.load();
    lastId = recovered.lastIntervention();
    writer = ownThread ? Thread.ofPlatform().name("cpra-state").unstarted(this::run) : null;
  }

  /// Opens a log with a writing thread of its own.
  static BatchedLog open(Storage storage) throws StateException {
    BatchedLog log = new BatchedLog(storage, true);
    if (log.writer != null) {
      log.writer.setDaemon(true);
      log.writer.start();
    }
    return log;
  }

  /// A log that keeps nothing over the end of its process.
  public static StateLog inMemory() {
    try {
      return open(new MemoryStorage());
    } catch (StateException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A log that writes only when [#write] is called or somebody waits, on the caller's thread.
  public static BatchedLog onCallersThread(MemoryStorage storage) throws StateException {
    return new BatchedLog(storage, false);
  }

  @Override
  public RecoveredState recovered() {
    return recovered;
  }

  @Override
  public void changed(MonitorRecord state) {
    locked(() -> pending.state(state));
  }

  @Override
  public void removed(String monitor) {
    locked(() -> pending.removed(monitor, handedNanos));
  }

  @Override
  public void ended(long intervention, End end, long nanos, String text) {
    locked(() -> pending.end(new Transaction.InterventionEnd(intervention, end, nanos, text)));
  }

  @Override
  public void heard(String id, long nanos) {
    lock.lock();
    try {
      boolean first = pending.heartbeats() == 0;
      pending.heard(id, nanos);
      if (first || pending.heartbeats() == Pending.HEARTBEATS_PER_COMMIT) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void audit(AuditLine line) {
    locked(() -> pending.audit(line));
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handed(long tickNanos) {
    lock.lock();
    try {
      handedNanos = Math.max(handedNanos, tickNanos);
      if (!underWay && pending.states() == 0) {
        durableNanos = handedNanos;
      }
      if (waiters > 0) {
        work.signal();
        progress.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long durableNanos() {
    lock.lock();
    try {
      return durableNanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitDurable(long tickNanos, Duration bound) throws InterruptedException {
    if (writer == null) {
      var _ = write(); // nobody else would
    }
    lock.lock();
    try {
      long left = bound.toNanos();
      waiters++;
      work.signal();
      while (durableNanos < tickNanos && error.isEmpty() && !closed && writer != null && left > 0) {
        left = progress.awaitNanos(left);
      }
      if (durableNanos < tickNanos) {
        unrecorded++;
        return false;
      }
      return true;
    } finally {
      waiters--;
      lock.unlock();
    }
  }

  @Override
  public long begin(Intent intent) throws StateException {
    IntentRequest request = request(intent);
    if (writer == null) {
      var _ = write(); // nobody else would
    }
    String refusal = await(request);
    if (refusal != null) {
      throw new StateException(refusal, null);
    }
    return request.record.id();
  }

  private IntentRequest request(Intent intent) throws StateException {
    lock.lock();
    try {
      if (closing) {
        throw new StateException("the daemon is stopping", null);
      }
      IntentRequest request =
          new IntentRequest(new InterventionRecord(++lastId, intent, End.OPEN, 0, ""));
      requests.add(request);
      work.signal();
      return request;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it was written must be known, so an interrupt is kept for later.
  ///
  /// @return why it was not written, null if it was
  private @Nullable String await(IntentRequest request) {
    boolean interrupted = false;
    lock.lock();
    try {
      long left = BEGIN_BOUND_NANOS;
      while (!request.done) {
        if (left <= 0 && requests.remove(request)) {
          return "the disk took longer than 10 s";
        }
        try {
          left = progress.awaitNanos(Math.max(left, GATHER_NANOS));
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      return request.refusal;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public StateLogStats stats() {
    lock.lock();
    try {
      return new StateLogStats(
          pending.states() + inHand,
          oldestNanos(),
          error.isEmpty(),
          written,
          commitCount,
          failures,
          pending.auditDropped(),
          unrecorded,
          error);
    } finally {
      lock.unlock();
    }
  }

  private long oldestNanos() {
    long since = pending.oldestNanos();
    return since != 0 || requests.isEmpty()
        ? since
        : requests.getFirst().record.intent().begunNanos();
  }

  /// Writes what waits, on the caller's thread.
  ///
  /// @return whether nothing is left
  public boolean write() {
    commits.lock();
    try {
      return writeAll();
    } finally {
      commits.unlock();
    }
  }

  private boolean writeAll() {
    Transaction all;
    List<IntentRequest> taken;
    lock.lock();
    try {
      if (pending.isEmpty() && requests.isEmpty()) {
        durableNanos = handedNanos;
        return true;
      }
      taken = requests;
      requests = new ArrayList<>();
      all = pending.take(taken.stream().map(request -> request.record).toList(), handedNanos);
      underWay = true;
      inHand = all.states().size();
    } finally {
      lock.unlock();
    }
    int from = 0;
    try {
      do {
        int to = Math.min(all.states().size(), from + STATES_PER_COMMIT);
        storage.commit(all.part(from, to));
        succeeded(to - from, from == 0 ? taken : List.of());
        from = to;
      } while (from < all.states().size());
      lock.lock();
      try {
        durableNanos = pending.states() == 0 ? handedNanos : all.lastNanos();
        pending.written();
        underWay = false;
        progress.signalAll();
      } finally {
        lock.unlock();
      }
      return true;
    } catch (StateException | RuntimeException e) {
      // A defect of ours is no reason to let anybody wait for ever.
      failed(e, all.part(from, all.states().size()), from == 0 ? taken : List.of());
      return false;
    }
  }

  private void succeeded(int states, List<IntentRequest> taken) {
    lock.lock();
    try {
      if (!error.isEmpty()) {
        LOG.info("state is written again");
      }
      error = "";
      inHand -= states;
      written += states;
      commitCount++;
      for (IntentRequest request : taken) {
        request.done = true;
      }
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(Exception e, Transaction lost, List<IntentRequest> taken) {
    String message =
        e.getMessage() == null || !(e instanceof StateException) ? e.toString() : e.getMessage();
    lock.lock();
    try {
      pending.putBack(lost);
      inHand = 0;
      failures++;
      if (error.isEmpty()) {
        LOG.error(
            "state cannot be written, it waits in memory; repairs are held back: {}", message);
      }
      error = message;
      underWay = false;
      for (IntentRequest request : taken) {
        request.done = true;
        request.refusal = message;
      }
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // --- the writer

  private void run() {
    long retry = RETRY_FIRST_NANOS;
    try {
      while (awaitWork()) {
        if (write()) {
          retry = RETRY_FIRST_NANOS;
        } else if (pauseBeforeRetry(retry)) {
          retry = Math.min(2 * retry, RETRY_MAX_NANOS);
        } else {
          break; // closing: one last try was made
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      storage.close();
      lock.lock();
      try {
        closed = true;
        for (IntentRequest request : requests) {
          request.done = true;
          request.refusal = "the daemon is stopping";
        }
        progress.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      long patience = PATIENCE_NANOS;
      while (pending.isPatient() && requests.isEmpty()) {
        if (closing) {
          return !pending.isEmpty();
        }
        if (pending.heartbeats() == 0) {
          work.await();
        } else if (pending.heartbeats() < Pending.HEARTBEATS_PER_COMMIT && patience > 0) {
          patience = work.awaitNanos(patience);
        } else {
          return true;
        }
      }
      long left = GATHER_NANOS;
      while (left > 0 && requests.isEmpty() && waiters == 0 && !closing) {
        left = work.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean pauseBeforeRetry(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && requests.isEmpty() && !closing) {
        left = work.awaitNanos(left);
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
    if (writer == null) {
      var _ = write();
      storage.close();
      return;
    }
    try {
      if (!writer.join(CLOSE_BOUND)) {
        LOG.error("{} states could not be written before the end", stats().waiting());
        writer.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
