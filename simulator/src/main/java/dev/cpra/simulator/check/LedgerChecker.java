package dev.cpra.simulator.check;

import dev.cpra.engine.AlertLedger;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;

/// `ledger`: after every tick the account balances, and is what follows from all that was told.
public final class LedgerChecker implements Checker {
  private Ledger told = new Ledger();

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    told.lane(lane).dispatched++;
    told.lane(lane).inFlight++;
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    LaneLedger account = told.lane(lane);
    account.inFlight--;
    switch (end) {
      case Transitions.OK -> account.ok++;
      case Transitions.FAILED -> account.failed++;
      case Transitions.EXPIRED -> account.expired++;
      default -> account.cancelledInFlight++;
    }
    if (lane == Lane.CODE && end == Transitions.OK) {
      told.alerts.delivered++;
      told.alerts.queued--;
    }
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    told.lane(lane).stale++;
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    told.pulse.missed += slots;
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    told.lane(lane).cancelled++;
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    told.alerts.raised++;
    told.alerts.queued++;
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    told.alerts.skipped++;
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    told.alerts.abandoned++;
    told.alerts.queued--;
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    told.alerts.dropped++;
    told.alerts.queued--;
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    Ledger ledger = engine.ledger();
    if (!ledger.balanced()) {
      throw violation(nowNanos, String.valueOf(ledger.imbalance()));
    }
    for (Lane lane : Lane.values()) {
      if (!agrees(told.lane(lane), ledger.lane(lane))) {
        throw violation(
            nowNanos,
            "the account of the %s lane says %s, what was told says %s"
                .formatted(lane, text(ledger.lane(lane)), text(told.lane(lane))));
      }
    }
    if (!agrees(told.alerts, ledger.alerts)) {
      throw violation(nowNanos, "the account of alerts is not what was told");
    }
    if (ledger.auditRepairs != 0 || ledger.limitsReached != 0) {
      throw violation(
          nowNanos,
          "%d repairs, %d limits reached".formatted(ledger.auditRepairs, ledger.limitsReached));
    }
  }

  private Violation violation(long nowNanos, String message) {
    return new Violation(name(), Violation.NO_MONITOR, nowNanos, message);
  }

  /// What is due or waiting is not told as such; balance holds both to the rest.
  private static boolean agrees(LaneLedger told, LaneLedger found) {
    return told.dispatched == found.dispatched
        && told.missed == found.missed
        && told.cancelled == found.cancelled
        && told.ok == found.ok
        && told.failed == found.failed
        && told.expired == found.expired
        && told.cancelledInFlight == found.cancelledInFlight
        && told.inFlight == found.inFlight
        && told.stale == found.stale;
  }

  private static boolean agrees(AlertLedger told, AlertLedger found) {
    return told.raised == found.raised
        && told.delivered == found.delivered
        && told.abandoned == found.abandoned
        && told.dropped == found.dropped
        && told.queued == found.queued
        && told.skipped == found.skipped;
  }

  private static String text(LaneLedger a) {
    return ("dispatched %d, missed %d, cancelled %d, ok %d, failed %d, expired %d, cancelled in"
            + " flight %d, in flight %d, stale %d")
        .formatted(
            a.dispatched,
            a.missed,
            a.cancelled,
            a.ok,
            a.failed,
            a.expired,
            a.cancelledInFlight,
            a.inFlight,
            a.stale);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    told = new Ledger();
  }
}
