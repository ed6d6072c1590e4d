package dev.cpra.engine.ecs;

import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.TimerHeap;
import org.jspecify.annotations.Nullable;

/// The pulses that wait for their lane, in the order in which they are offered: by the tick at
/// which they were due, then by handle.
///
/// Slots come out of the wheel in that order and go into a ring. What comes otherwise (`runNow`, a
/// slot that was late or follows settling) goes into a heap, and the two are merged. A pulse given
/// up stays as an entry that no longer matches its component and is passed over; neither holds more
/// than twice as many entries as there were pulses waiting in it, or a few.
final class WaitingLine {
  private static final int OTHERS_MIN = 16;

  private final Monitors monitors;
  private final Moment moment;
  private int[] handle = new int[64];
  private long[] due = new long[64];
  private int mask = 63;
  private int first;
  private int entries;
  private TimerHeap others = new TimerHeap(4);
  private TimerHeap swept = new TimerHeap(4);
  private int sweepAt = OTHERS_MIN;
  private boolean firstIsOther;
  private Pulse found;

  @SuppressWarnings("NullAway.Init") // found is read only after next() found it
  WaitingLine(Monitors monitors) {
    this.monitors = monitors;
    this.moment = monitors.moment;
  }

  /// Adds a slot that the wheel gave out at its own tick: behind all others, unless that tick was
  /// booked before.
  void addSlot(int handleOf, long slotNanos, long tick) {
    if (tick <= moment.bookedTick) {
      addOther(tick, handleOf, slotNanos);
      return;
    }
    if (entries > mask) {
      grow();
    }
    int at = (first + entries++) & mask;
    handle[at] = handleOf;
    due[at] = slotNanos;
  }

  /// Adds any other pulse.
  void add(int handleOf, long dueNanos) {
    addOther(moment.tickAtOrAfter(dueNanos), handleOf, dueNanos);
  }

  private void addOther(long tick, int handleOf, long dueNanos) {
    if (others.size() >= sweepAt) {
      sweepOthers();
    }
    others.add(tick, handleOf, dueNanos);
  }

  /// Leaves out what was given up, and what came twice: a pulse that is given up and due again at
  /// the same time has two entries that match.
  private void sweepOthers() {
    long handleBefore = -1;
    for (; !others.isEmpty(); others.removeFirst()) {
      long handleOf = others.firstKey();
      long dueNanos = others.firstTag();
      if (handleOf != handleBefore && waits(monitors.get((int) handleOf), dueNanos)) {
        swept.add(others.firstTime(), handleOf, dueNanos);
        handleBefore = handleOf;
      }
    }
    TimerHeap emptied = others;
    others = swept;
    swept = emptied;
    sweepAt = Math.max(OTHERS_MIN, 2 * others.size());
  }

  /// How many entries there are beside the ring, those of pulses given up included.
  int otherEntries() {
    return others.size();
  }

  /// Finds the pulse to be offered next; it is then at [#pulse].
  ///
  /// @return whether any waits
  boolean next() {
    Pulse slot = nextSlot();
    if (others.isEmpty()) {
      return isFound(slot, false);
    }
    Pulse other = nextOther();
    if (slot == null || other == null) {
      return slot == null ? isFound(other, true) : isFound(slot, false);
    }
    long slotTick = moment.tickAtOrAfter(due[first]);
    long otherTick = others.firstTime();
    boolean otherFirst =
        otherTick < slotTick || (otherTick == slotTick && other.handle < slot.handle);
    return otherFirst ? isFound(other, true) : isFound(slot, false);
  }

  /// The pulse that [#next] found.
  Pulse pulse() {
    return found;
  }

  /// When the pulse that [#next] found was due.
  long dueNanos() {
    return firstIsOther ? others.firstTag() : due[first];
  }

  /// Removes the pulse that [#next] found.
  void remove() {
    if (firstIsOther) {
      others.removeFirst();
    } else {
      removeSlot();
    }
  }

  private boolean isFound(@Nullable Pulse pulse, boolean isOther) {
    if (pulse == null) {
      return false;
    }
    found = pulse;
    firstIsOther = isOther;
    return true;
  }

  private @Nullable Pulse nextSlot() {
    for (; entries > 0; removeSlot()) {
      Pulse pulse = monitors.get(handle[first]);
      if (waits(pulse, due[first])) {
        return pulse;
      }
    }
    return null;
  }

  private @Nullable Pulse nextOther() {
    for (; !others.isEmpty(); others.removeFirst()) {
      Pulse pulse = monitors.get((int) others.firstKey());
      if (waits(pulse, others.firstTag())) {
        return pulse;
      }
    }
    return null;
  }

  private static boolean waits(Pulse pulse, long dueNanos) {
    return pulse.has(Vitals.WAITING) && pulse.dueNanos() == dueNanos;
  }

  private void removeSlot() {
    first = (first + 1) & mask;
    entries--;
  }

  /// Leaves out what was given up; doubles if that was less than half.
  private void grow() {
    int live = 0;
    for (int i = 0; i < entries; i++) {
      live += waitsAt((first + i) & mask) ? 1 : 0;
    }
    int capacity = 2 * live > mask ? 2 * (mask + 1) : mask + 1;
    int[] handles = new int[capacity];
    long[] dues = new long[capacity];
    int kept = 0;
    for (int i = 0; i < entries; i++) {
      int at = (first + i) & mask;
      if (waitsAt(at)) {
        handles[kept] = handle[at];
        dues[kept++] = due[at];
      }
    }
    handle = handles;
    due = dues;
    first = 0;
    entries = kept;
    mask = capacity - 1;
  }

  private boolean waitsAt(int at) {
    return waits(monitors.get(handle[at]), due[at]);
  }
}
