package dev.cpra.engine.kit;

/// Pulses that wait for their lane, in the order in which they are offered: by the tick at which
/// they were due, then by handle.
///
/// Slots are booked in that order and go into a ring. What is not (pulses called for by `runNow`,
/// slots after settling, slots of ticks that are past) goes into a heap first, and from there into
/// the ring before the first slot that counts as later. The heap is empty between ticks but for
/// what was called for.
///
/// Not thread-safe.
public final class PulseOrder {
  private final WaitingPulses ring = new WaitingPulses();
  private final long tickNanos;

  /// By the tick they count as, then by handle.
  private final TimerHeap outOfOrder = new TimerHeap(4);

  /// Whether a call counts as before pulses that wait already.
  private boolean reorders;

  /// The highest tick that a pulse out of order has counted as. A pulse asked for between two ticks
  /// counts as the next one, which is not booked then.
  private long highestCalledTick = -1;

  /// Nothing waits.
  public PulseOrder(long tickNanos) {
    this.tickNanos = tickNanos;
  }

  private long tickOf(long dueNanos) {
    return Math.ceilDiv(dueNanos, tickNanos);
  }

  // --- coming in

  /// Begins to book.
  ///
  /// @param bookedTick the tick up to which slots were booked before
  /// @return the highest tick that any pulse has counted as by now: a slot at or before it needs
  ///   [#reopen] before it comes in
  public long begin(long bookedTick) {
    long done = doneTick(bookedTick);
    if (reorders) {
      reorders = false;
      reopen();
    }
    return done;
  }

  private long doneTick(long bookedTick) {
    return Math.max(highestCalledTick, bookedTick);
  }

  /// A pulse called for between two ticks.
  ///
  /// @param bookedTick the tick up to which slots are booked
  public void call(int monitor, long dueNanos, long bookedTick) {
    long tick = tickOf(dueNanos);
    outOfOrder.add(tick, monitor, dueNanos);
    reorders |= tick <= doneTick(bookedTick);
  }

  /// A slot that counts as another tick than the one being booked.
  public void addOutOfOrder(int monitor, long dueNanos) {
    outOfOrder.add(tickOf(dueNanos), monitor, dueNanos);
  }

  /// Takes everything that waits into the order anew.
  public void reopen() {
    for (int monitor; (monitor = ring.first()) >= 0; ring.removeFirst()) {
      addOutOfOrder(monitor, ring.firstDue());
    }
  }

  /// Lets what counts as before this tick and handle wait, before that comes in itself.
  ///
  /// @return how many
  public int settleBefore(long tick, int monitor) {
    // Nothing to do for nearly every slot: small enough to be inlined where slots are booked.
    return outOfOrder.isEmpty() ? 0 : move(tick, monitor);
  }

  private int move(long tick, int monitor) {
    int count = 0;
    while (!outOfOrder.isEmpty()
        && (outOfOrder.firstTime() < tick
            || (outOfOrder.firstTime() == tick && outOfOrder.firstKey() < monitor))) {
      ring.add((int) outOfOrder.firstKey(), outOfOrder.firstTag());
      highestCalledTick = Math.max(highestCalledTick, outOfOrder.firstTime());
      count++;
      outOfOrder.removeFirst();
    }
    return count;
  }

  /// Lets everything wait.
  ///
  /// @return how many that were not yet
  public int settle() {
    return settleBefore(Long.MAX_VALUE, 0);
  }

  /// A slot of the tick being booked.
  public void add(int monitor, long dueNanos) {
    ring.add(monitor, dueNanos);
  }

  // --- going out

  /// How many pulses wait, but for those called for between two ticks.
  public int size() {
    return ring.size();
  }

  /// The monitor that waits longest, or -1 if none does.
  public int first() {
    return ring.first();
  }

  /// The due time of the pulse that waits longest; call it after [#first], which found one.
  public long firstDue() {
    return ring.firstDue();
  }

  /// Removes the pulse that waits longest; call it after [#first], which found one.
  public void removeFirst() {
    ring.removeFirst();
  }

  /// The due time of the waiting pulse of a monitor, 0 if none waits.
  public long dueOf(int monitor) {
    return ring.dueOf(monitor);
  }

  /// Gives up the pulse of a monitor.
  ///
  /// @return when it was due
  /// @throws IllegalStateException if it has none
  public long giveUp(int monitor) {
    long called = outOfOrder.isEmpty() ? -1 : outOfOrder.remove(monitor, -1);
    return called >= 0 ? called : ring.giveUp(monitor);
  }
}
