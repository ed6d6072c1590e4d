package dev.cpra.engine;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A recycled handful of jobs of one lane on the way to the workers, or of outcomes on the way
/// back.
///
/// Columns, all indexed from 0 to [#size()] - 1. A batch belongs to one thread at a time: the
/// engine until it is published, the worker that took it until it gives it (or another) back. A
/// worker either writes outcomes into the batch it took and gives it back, or copies the jobs out,
/// gives the batch back [cleared][#clear] at once, and returns outcomes later in batches of its
/// own.
public final class Batch {
  private final int[] monitor;
  private final int[] number;
  private final long[] dueNanos;
  private final long[] deadlineNanos;
  private final byte[] detail;
  private final byte[] outcome;
  private final @Nullable Queue<Batch> home;
  private int size;

  /// A batch that the engine keeps.
  ///
  /// @param capacity most jobs it holds
  public Batch(int capacity) {
    this(capacity, null);
  }

  /// A batch that goes to `home` once the engine has applied its outcomes (and is dropped if that
  /// is full).
  public Batch(int capacity, @Nullable Queue<Batch> home) {
    monitor = new int[capacity];
    number = new int[capacity];
    dueNanos = new long[capacity];
    deadlineNanos = new long[capacity];
    detail = new byte[capacity];
    outcome = new byte[capacity];
    this.home = home;
  }

  /// Most jobs this batch holds.
  public int capacity() {
    return monitor.length;
  }

  /// How many jobs it holds.
  public int size() {
    return size;
  }

  /// Whether no further job fits.
  public boolean isFull() {
    return size == monitor.length;
  }

  /// Forgets its jobs.
  public void clear() {
    size = 0;
  }

  /// Appends a job (or an outcome, see [#addOutcome]). The batch must not be full.
  public void add(int monitor, int number, long dueNanos, long deadlineNanos, int detail) {
    int i = size++;
    this.monitor[i] = monitor;
    this.number[i] = number;
    this.dueNanos[i] = dueNanos;
    this.deadlineNanos[i] = deadlineNanos;
    this.detail[i] = (byte) detail;
  }

  /// Appends an outcome. The batch must not be full.
  ///
  /// @param dueNanos the job's own due time, as it came
  /// @param outcome one of [Outcome]'s constants
  public void addOutcome(int monitor, int number, long dueNanos, byte outcome) {
    int i = size++;
    this.monitor[i] = monitor;
    this.number[i] = number;
    this.dueNanos[i] = dueNanos;
    this.outcome[i] = outcome;
  }

  /// The job's monitor, a handle.
  public int monitor(int i) {
    return monitor[i];
  }

  /// The job's dispatch number: an outcome counts only if it carries that of the job in flight.
  public int number(int i) {
    return number[i];
  }

  /// When the job was due, on the engine's clock.
  public long dueNanos(int i) {
    return dueNanos[i];
  }

  /// When the engine gives the job up, on the engine's clock. A worker never starts it after that.
  public long deadlineNanos(int i) {
    return deadlineNanos[i];
  }

  /// Pulse: 0. Intervention: the attempt, saturating at 127. Code: the colour's ordinal.
  public int detail(int i) {
    return detail[i];
  }

  /// The job's outcome.
  public byte outcome(int i) {
    return outcome[i];
  }

  /// Sets a job's outcome.
  public void outcome(int i, byte value) {
    outcome[i] = value;
  }

  @Nullable Queue<Batch> home() {
    return home;
  }
}
