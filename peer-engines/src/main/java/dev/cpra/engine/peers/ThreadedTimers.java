package dev.cpra.engine.peers;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Queue;
import org.jctools.queues.varhandle.SpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// Timers that fire on a thread of their own, in the machine's time. That thread does no more than
/// hand the monitor over a queue to the engine's owner and wake it.
///
/// All but [Slot#run] belongs to the engine's owner. The queue holds a slot at most as often as its
/// timer was armed, so timers bound it.
abstract class ThreadedTimers implements SlotTimers {
  private static final int CHUNK = 1_024;
  private static final long NONE = -1;

  /// One monitor's timer. It is the task that the timer runs.
  class Slot implements Runnable {
    private final int monitor;
    private long tick = NONE;

    Slot(int monitor) {
      this.monitor = monitor;
    }

    /// On the timer's thread.
    @Override
    public void run() {
      if (!fired.offer(this)) {
        throw new IllegalStateException("an unbounded queue refused monitor " + monitor);
      }
      VarHandle.fullFence(); // the owner's sleep must be read after the offer is visible
      listener.run();
    }
  }

  private final Queue<Slot> fired = new SpscUnboundedVarHandleArrayQueue<>(CHUNK);
  private final long tickNanos;
  private @Nullable Slot[] slots = new Slot[64];
  private volatile Runnable listener = () -> {};
  private boolean began;

  /// How far the machine's clock is ahead of the engine's: the least that was seen, since the two
  /// are read one after the other.
  private long aheadNanos;

  private long aheadNowNanos;
  private long armed;

  ThreadedTimers(long tickNanos) {
    this.tickNanos = tickNanos;
  }

  /// A timer for a monitor.
  abstract Slot slot(int monitor);

  /// Starts a slot's timer.
  abstract void start(Slot slot, long delayNanos);

  /// Stops a slot's timer, if it has not fired.
  abstract void stop(Slot slot);

  @Override
  public final void onFired(Runnable to) {
    listener = to;
  }

  @Override
  public final void begin(long nowNanos) {
    aheadNowNanos = System.nanoTime() - nowNanos;
    if (began) {
      aheadNanos = Math.min(aheadNanos, aheadNowNanos);
      return;
    }
    began = true;
    aheadNanos = aheadNowNanos;
    for (Slot slot : slots) {
      if (slot != null && slot.tick != NONE) {
        start(slot);
      }
    }
  }

  @Override
  public final void arm(int monitor, long tick) {
    Slot slot = slotOf(monitor);
    boolean again = slot.tick != NONE;
    slot.tick = tick;
    armed++;
    if (began) {
      if (again) {
        stop(slot);
      }
      start(slot);
    }
  }

  private Slot slotOf(int monitor) {
    if (monitor >= slots.length) {
      slots = Arrays.copyOf(slots, Math.max(monitor + 1, slots.length + (slots.length >> 1)));
    }
    Slot slot = slots[monitor];
    if (slot == null) {
      slots[monitor] = slot = slot(monitor);
    }
    return slot;
  }

  private void start(Slot slot) {
    long atNanos = slot.tick * tickNanos + aheadNanos;
    start(slot, Math.max(0, atNanos - System.nanoTime()));
  }

  @Override
  public final void disarm(int monitor) {
    Slot slot = monitor < slots.length ? slots[monitor] : null;
    if (slot != null && slot.tick != NONE) {
      slot.tick = NONE;
      if (began) {
        stop(slot);
      }
    }
  }

  @Override
  public final boolean isArmed(int monitor) {
    Slot slot = monitor < slots.length ? slots[monitor] : null;
    return slot != null && slot.tick != NONE;
  }

  /// Takes as many as have fired when it begins. The engine's time stands still meanwhile and the
  /// timer's does not: slots that come before their tick are armed again, fire again at once, and
  /// whoever waited for an empty queue would wait for ever.
  @Override
  public final void collect(long tick, DueSlots into) {
    for (int left = fired.size(); left > 0; left--) {
      Slot slot = fired.poll();
      if (slot == null || slot.tick == NONE) {
        continue; // disarmed after it had fired
      }
      if (slot.tick <= tick) {
        into.add(slot.tick, slot.monitor);
        slot.tick = NONE;
      } else {
        // Armed anew after it had fired, or the engine's clock was put back.
        aheadNanos = aheadNowNanos;
        stop(slot);
        start(slot);
      }
    }
  }

  @Override
  public final long earliestTick() {
    return fired.isEmpty() ? NEVER : 0;
  }

  @Override
  public final long armed() {
    return armed;
  }
}
