package dev.cpra.engine.kit;

/// Pulses that wait for their lane, in the order in which they are offered: by the tick at which
/// they were due, then by handle.
///
/// Slots are booked in that order and go into a ring. What is not (pulses called for by `runNow`,
/// slots after settling, slots of ticks that are past) goes into a heap first, and from there into
/// the ring before the first slot that counts as later. The heap is empty between ticks but for
/// what was called for.
///
/// It is the ring, and does not hold one: a step more to each pulse that waits cost the baseline
/// engine 1 to 2 % of its CPU time per job.
///
/// Not thread-safe.
public final class PulseOrder extends WaitingPulses {
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
    for (int monitor; (monitor = first()) >= 0; removeFirst()) {
      addOutOfOrder(monitor, firstDue());
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
      add((int) outOfOrder.firstKey(), outOfOrder.firstTag());
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

  // --- going out

  /// Gives up the pulse of a monitor.
  ///
  /// @return when it was due
  /// @throws IllegalStateException if it has none
  @Override
  public long giveUp(int monitor) {
    long called = outOfOrder.isEmpty() ? -1 : outOfOrder.remove(monitor, -1);
    return called >= 0 ? called : super.giveUp(monitor);
  }
}
