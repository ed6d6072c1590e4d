package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LedgerTest {
  /// due 10 = dispatched 6 + waiting 1 + missed 2 + cancelled 1; outcomes 5 = 2 + 1 + 2.
  private static LaneLedger lane() {
    LaneLedger lane = new LaneLedger();
    lane.due = 10;
    lane.dispatched = 6;
    lane.waiting = 1;
    lane.missed = 2;
    lane.cancelled = 1;
    lane.ok = 2;
    lane.failed = 1;
    lane.expired = 1;
    lane.cancelledInFlight = 1;
    lane.inFlight = 1;
    lane.stale = 2;
    lane.outcomes = 5;
    return lane;
  }

  private static AlertLedger alerts() {
    AlertLedger alerts = new AlertLedger();
    alerts.raised = 10;
    alerts.delivered = 4;
    alerts.abandoned = 3;
    alerts.dropped = 2;
    alerts.queued = 1;
    alerts.skipped = 7;
    return alerts;
  }

  @Test
  void anEmptyLedgerBalances() {
    assertThat(new Ledger().imbalance()).isNull();
    assertThat(new Ledger().balanced()).isTrue();
  }

  @Test
  void eachFigureOfALaneIsPartOfAnEquation() {
    assertThat(lane().imbalance()).isNull();
    List<Consumer<LaneLedger>> changes =
        List.of(
            l -> l.due++,
            l -> l.dispatched++,
            l -> l.waiting++,
            l -> l.missed++,
            l -> l.cancelled++,
            l -> l.ok++,
            l -> l.failed++,
            l -> l.expired++,
            l -> l.cancelledInFlight++,
            l -> l.inFlight++,
            l -> l.stale++,
            l -> l.outcomes++);
    for (Consumer<LaneLedger> change : changes) {
      LaneLedger lane = lane();
      change.accept(lane);
      assertThat(lane.imbalance()).contains(" is not ");
    }
  }

  @Test
  void anImbalanceNamesItsFigures() {
    Ledger ledger = new Ledger();
    ledger.intervention.due = 3;
    assertThat(ledger.balanced()).isFalse();
    assertThat(ledger.imbalance()).startsWith("INTERVENTION: due 3 is not dispatched 0");
    ledger.intervention.due = 0;
    ledger.alerts.raised = 2;
    assertThat(ledger.imbalance()).startsWith("alerts: raised 2 is not delivered 0");
  }

  @Test
  void negativeGaugesDoNotBalance() {
    LaneLedger lane = new LaneLedger();
    lane.waiting = -1;
    lane.missed = 1;
    assertThat(lane.imbalance()).contains("negative");
    LaneLedger other = new LaneLedger();
    other.inFlight = -1;
    other.ok = 1;
    other.outcomes = 1;
    assertThat(other.imbalance()).contains("negative");
    AlertLedger alerts = new AlertLedger();
    alerts.queued = -1;
    alerts.delivered = 1;
    assertThat(alerts.imbalance()).isNotNull();
  }

  @Test
  void eachFigureOfAlertsButTheSkippedIsPartOfTheEquation() {
    assertThat(alerts().imbalance()).isNull();
    List<Consumer<AlertLedger>> changes =
        List.of(
            a -> a.raised++,
            a -> a.delivered++,
            a -> a.abandoned++,
            a -> a.dropped++,
            a -> a.queued++);
    for (Consumer<AlertLedger> change : changes) {
      AlertLedger alerts = alerts();
      change.accept(alerts);
      assertThat(alerts.imbalance()).isNotNull();
    }
  }

  @Test
  void theSuccessRateLeavesOutWhatWasCancelledAndIsAbsentWithoutJobs() {
    assertThat(new LaneLedger().successRate()).isNull();
    assertThat(lane().successRate()).isEqualTo(0.5);
  }

  @Test
  void sumsAndCopiesHoldEveryFigure() {
    Ledger ledger = new Ledger();
    ledger.pulse.add(lane());
    ledger.intervention.add(lane());
    ledger.code.add(lane());
    ledger.code.add(lane());
    ledger.alerts.add(alerts());
    ledger.runNowIgnored = 1;
    ledger.limitsReached = 2;
    ledger.auditRepairs = 3;
    Ledger sum = ledger.copy();
    assertThat(sum).usingRecursiveComparison().isEqualTo(ledger);
    assertThat(sum.pulse).usingRecursiveComparison().isEqualTo(lane());
    assertThat(sum.alerts).usingRecursiveComparison().isEqualTo(alerts());

    sum.add(ledger);

    assertThat(sum.lane(Lane.CODE).due).isEqualTo(40);
    assertThat(sum.lane(Lane.INTERVENTION).due).isEqualTo(20);
    assertThat(sum.inFlight()).isEqualTo(8);
    assertThat(sum.auditRepairs).isEqualTo(6);
    assertThat(sum.balanced()).isTrue();
    assertThat(ledger.pulse.due).as("a copy is a copy").isEqualTo(10);
  }
}
