package dev.cpra.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertLedger;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Follows what an engine tells and keeps its own account and its own books, and compares.
///
/// Per monitor and lane there is at most one job in flight, numbers are new, ends belong to a
/// dispatch, alerts leave in the order in which they came, flags and counters change without gaps;
/// and the account that follows from it all is the engine's ledger.
final class SoundnessChecker {
  private final Engine engine;
  private final Trace trace;
  private final Ledger told = new Ledger();
  private final Map<String, Event> inFlight = new HashMap<>();
  private final Map<String, Long> lastNumber = new HashMap<>();
  private final Map<Integer, List<Long>> alerts = new HashMap<>();
  private final Map<Integer, Long> watched = new HashMap<>();

  SoundnessChecker(Engine engine, Trace trace) {
    this.engine = engine;
    this.trace = trace;
  }

  /// Checks all that was told since the last check, then the ledger.
  void checkTick() {
    trace.takeUnchecked().forEach(this::follow);
    Ledger ledger = engine.ledger();
    assertThat(ledger.imbalance()).as("imbalance of the ledger").isNull();
    for (Lane lane : Lane.values()) {
      LaneLedger expected = told.lane(lane);
      LaneLedger found = ledger.lane(lane);
      expected.due = expected.dispatched + expected.missed + expected.cancelled + found.waiting;
      expected.waiting = found.waiting;
      expected.outcomes = expected.ok + expected.failed + expected.stale;
      assertThat(figures(found))
          .as("account of the %s lane against what was told", lane)
          .isEqualTo(figures(expected));
    }
    assertThat(figures(ledger.alerts))
        .as("account of alerts against what was told")
        .isEqualTo(figures(told.alerts));
  }

  static List<Long> figures(LaneLedger a) {
    return List.of(
        a.due,
        a.dispatched,
        a.waiting,
        a.missed,
        a.cancelled,
        a.ok,
        a.failed,
        a.expired,
        a.cancelledInFlight,
        a.inFlight,
        a.stale,
        a.outcomes);
  }

  static List<Long> figures(AlertLedger a) {
    return List.of(a.raised, a.delivered, a.abandoned, a.dropped, a.queued, a.skipped);
  }

  private void follow(Event e) {
    switch (e.kind()) {
      case DISPATCHED -> dispatched(e);
      case ENDED -> ended(e);
      case STALE -> told.lane(lane(e)).stale++;
      case MISSED -> {
        assertThat(e.number()).as("slots missed in %s", e).isPositive();
        told.pulse.missed += e.number();
      }
      case CANCELLED -> told.lane(lane(e)).cancelled++;
      case CHANGED -> {
        long before = watched.getOrDefault(e.monitor(), e.from());
        assertThat(e.from()).as("watched bits before %s", e).isEqualTo(before);
        watched.put(e.monitor(), e.to());
      }
      case RAISED -> {
        told.alerts.raised++;
        told.alerts.queued++;
        list(e).add(e.number());
        assertThat(list(e)).as("undelivered alerts after %s", e).hasSizeLessThanOrEqualTo(8);
      }
      case SKIPPED -> told.alerts.skipped++;
      case ABANDONED -> abandoned(e);
      case DROPPED -> {
        told.alerts.dropped++;
        removeFirst(e, e.number());
      }
      case REMOVED -> {
        assertThat(list(e)).as("alerts left after %s", e).isEmpty();
        for (Lane lane : Lane.values()) {
          assertThat(inFlight).as("in flight after %s", e).doesNotContainKey(key(lane, e));
        }
        watched.put(e.monitor(), 0L);
      }
    }
  }

  private void dispatched(Event e) {
    Lane lane = lane(e);
    assertThat(inFlight.put(key(lane, e), e)).as("in flight at %s", e).isNull();
    String counter = lane == Lane.PULSE ? key(lane, e) : lane.name();
    Long last = lastNumber.put(counter, e.number());
    if (last != null) {
      assertThat(e.number()).as("number after %d in %s", last, e).isEqualTo(last + 1);
    }
    if (lane == Lane.PULSE) {
      assertThat(inFlight)
          .as("intervention in flight at %s", e)
          .doesNotContainKey(key(Lane.INTERVENTION, e));
    }
    if (lane == Lane.INTERVENTION) {
      assertThat(inFlight).as("pulse in flight at %s", e).doesNotContainKey(key(Lane.PULSE, e));
    }
    if (lane == Lane.CODE) {
      assertThat(list(e)).as("alerts at %s", e).isNotEmpty();
      assertThat((long) e.detail()).as("first alert at %s", e).isEqualTo(list(e).getFirst());
    }
    told.lane(lane).dispatched++;
    told.lane(lane).inFlight++;
  }

  private void ended(Event e) {
    Lane lane = lane(e);
    Event start = inFlight.remove(key(lane, e));
    assertThat(start).as("dispatch of %s", e).isNotNull();
    if (start != null) {
      assertThat(e.number()).as("number of %s", e).isEqualTo(start.number());
      assertThat(e.from()).as("due time of %s", e).isEqualTo(start.from());
    }
    told.lane(lane).inFlight--;
    switch (e.detail()) {
      case Transitions.OK -> told.lane(lane).ok++;
      case Transitions.FAILED -> told.lane(lane).failed++;
      case Transitions.EXPIRED -> told.lane(lane).expired++;
      default -> told.lane(lane).cancelledInFlight++;
    }
    if (lane == Lane.CODE && e.detail() == Transitions.OK && start != null) {
      told.alerts.delivered++;
      removeFirst(e, start.detail());
    }
  }

  private void abandoned(Event e) {
    told.alerts.abandoned++;
    int first = inFlight.containsKey(key(Lane.CODE, e)) ? 1 : 0;
    assertThat(list(e)).as("alerts at %s", e).hasSizeGreaterThan(first);
    assertThat(list(e).remove(first))
        .as("oldest alert not in flight at %s: %s", e, Code.of((int) e.number()))
        .isEqualTo(e.number());
    told.alerts.queued--;
  }

  private void removeFirst(Event e, long colour) {
    assertThat(list(e)).as("alerts at %s", e).isNotEmpty();
    assertThat(list(e).removeFirst()).as("first alert at %s", e).isEqualTo(colour);
    told.alerts.queued--;
  }

  private List<Long> list(Event e) {
    return alerts.computeIfAbsent(e.monitor(), _ -> new ArrayList<>());
  }

  private static Lane lane(Event e) {
    Lane lane = e.lane();
    if (lane == null) {
      throw new AssertionError("an event without a lane: " + e);
    }
    return lane;
  }

  private static String key(Lane lane, Event e) {
    return lane + "/" + e.monitor();
  }
}
