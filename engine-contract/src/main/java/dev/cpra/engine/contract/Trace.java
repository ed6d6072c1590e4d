package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.Event.Kind.ABANDONED;
import static dev.cpra.engine.contract.Event.Kind.CHANGED;
import static dev.cpra.engine.contract.Event.Kind.DISPATCHED;
import static dev.cpra.engine.contract.Event.Kind.DROPPED;
import static dev.cpra.engine.contract.Event.Kind.ENDED;
import static dev.cpra.engine.contract.Event.Kind.MISSED;
import static dev.cpra.engine.contract.Event.Kind.RAISED;
import static dev.cpra.engine.contract.Event.Kind.REMOVED;
import static dev.cpra.engine.contract.Event.Kind.SKIPPED;
import static dev.cpra.engine.contract.Event.Kind.STALE;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps everything an engine tells, and puts it in an order that two correct engines share.
///
/// The contract orders the comings and goings of jobs over all monitors, and everything else only
/// within one monitor: so the [canonical][#canonical] order is the jobs' first, then, monitor by
/// monitor, its alerts, its flags and counters (one net change per instant), its cancelled jobs,
/// its missed slots (one sum per instant) and its removals.
public final class Trace implements Transitions {
  private final List<Event> events = new ArrayList<>();
  private final List<Event> unchecked = new ArrayList<>();

  /// Everything told so far, in the order it was told. A view.
  public List<Event> events() {
    return events;
  }

  /// Everything of these kinds told so far.
  public List<Event> of(Event.Kind... kinds) {
    List<Event.Kind> wanted = Arrays.asList(kinds);
    return events.stream().filter(e -> wanted.contains(e.kind())).toList();
  }

  /// The names of what became of a monitor's alerts, in order, such as `RAISED YELLOW`.
  public List<String> alerts(int monitor) {
    return of(RAISED, SKIPPED, ABANDONED, DROPPED).stream()
        .filter(e -> e.monitor() == monitor)
        .map(e -> e.kind() + " " + Code.of((int) e.number()))
        .toList();
  }

  /// Slots missed so far, over all monitors.
  public long missedSlots() {
    return of(MISSED).stream().mapToLong(Event::number).sum();
  }

  /// Forgets what was told so far.
  public void clear() {
    events.clear();
  }

  /// These events in the order that correct engines share.
  public static List<Event> canonical(List<Event> events) {
    Map<List<Object>, Event> merged = new LinkedHashMap<>();
    int i = 0;
    for (Event e : events) {
      Object key = e.kind() == MISSED || e.kind() == CHANGED ? e.kind() : Integer.valueOf(i++);
      merged.merge(List.of(key, e.monitor(), e.now()), e, Trace::join);
    }
    return merged.values().stream()
        .filter(e -> e.kind() != CHANGED || e.from() != e.to())
        .sorted(
            Comparator.comparingLong(Event::now)
                .thenComparingInt(Trace::group)
                .thenComparingInt(e -> group(e) == 0 ? 0 : e.monitor()))
        .toList();
  }

  private static Event join(Event a, Event b) {
    return a.kind() == MISSED
        ? new Event(
            MISSED,
            null,
            a.monitor(),
            a.number() + b.number(),
            0,
            Math.min(a.from(), b.from()),
            0,
            a.now())
        : new Event(CHANGED, null, a.monitor(), 0, 0, a.from(), b.to(), a.now());
  }

  private static int group(Event e) {
    return switch (e.kind()) {
      case DISPATCHED, ENDED, STALE -> 0;
      case RAISED, SKIPPED, ABANDONED, DROPPED -> 1;
      case CHANGED -> 2;
      case CANCELLED -> 3;
      case MISSED -> 4;
      case REMOVED -> 5;
    };
  }

  /// What was told since this was last asked.
  List<Event> takeUnchecked() {
    List<Event> taken = List.copyOf(unchecked);
    unchecked.clear();
    return taken;
  }

  private void keep(Event event) {
    events.add(event);
    unchecked.add(event);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    keep(new Event(DISPATCHED, lane, monitor, number, detail, dueNanos, 0, nowNanos));
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    keep(new Event(ENDED, lane, monitor, number, end, dueNanos, 0, nowNanos));
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    keep(Event.of(STALE, lane, monitor, number, nowNanos));
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    keep(new Event(MISSED, null, monitor, slots, 0, firstSlotNanos, 0, nowNanos));
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    keep(new Event(Event.Kind.CANCELLED, lane, monitor, 0, 0, dueNanos, 0, nowNanos));
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    keep(
        new Event(
            CHANGED, null, monitor, 0, 0, vitalsBefore & WATCHED, vitalsAfter & WATCHED, nowNanos));
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    keep(Event.of(RAISED, null, monitor, code.ordinal(), nowNanos));
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    keep(Event.of(SKIPPED, null, monitor, code.ordinal(), nowNanos));
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    keep(Event.of(ABANDONED, null, monitor, code.ordinal(), nowNanos));
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    keep(Event.of(DROPPED, null, monitor, code.ordinal(), nowNanos));
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    keep(Event.of(REMOVED, null, monitor, 0, nowNanos));
  }
}
