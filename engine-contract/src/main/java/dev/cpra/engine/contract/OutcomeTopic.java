package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Outcome;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/// Outcomes that are lost, late, duplicate, foreign, or early.
interface OutcomeTopic extends Worlds {
  @Test
  default void anOutcomeOfTheSameInstantIsAppliedBeforeTheDeadlineStrikes() { // M3
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    Job job = world.nextPulse(monitor);
    world.give(job, Outcome.OK);

    world.tickAt(job.deadline() + 100 * MS);

    assertThat(world.ledger().pulse.ok).isEqualTo(1);
    assertThat(world.ledger().pulse.expired).isZero();
  }

  @Test
  default void anOutcomeThatIsThereAtOnceFreesTheMonitorForTheSlotOfTheSameTick() { // M3
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    Job job = world.nextPulse(monitor);
    world.give(job, Outcome.OK);

    world.tickAt(10 * SECOND);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(10 * SECOND);
    assertThat(world.ledger().pulse.missed).isZero();
  }

  @Test
  default void aLateOutcomeIsStaleAndChangesNothing() { // M6
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(3, 1), 0);
    Job lost = world.nextPulse(monitor);
    Job next = world.nextPulse(monitor);
    assertThat(world.words(monitor)).isEqualTo("pulse-in-flight expiries=1");

    world.apply(lost, Outcome.FAILED);

    assertThat(world.words(monitor)).isEqualTo("pulse-in-flight expiries=1");
    assertThat(world.ledger().pulse.stale).isEqualTo(1);
    world.apply(next, Outcome.OK);
    assertThat(world.ledger().pulse.ok).isEqualTo(1);
    assertThat(world.ledger().pulse.failed).isZero();
  }

  @Test
  default void aDuplicateOutcomeIsStale() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    Job job = world.nextPulse(monitor);
    world.give(job, Outcome.OK);
    world.give(job, Outcome.FAILED);
    world.tick();
    world.apply(job, Outcome.FAILED);

    assertThat(world.words(monitor)).isEqualTo("idle streak=1");
    assertThat(world.ledger().pulse.ok).isEqualTo(1);
    assertThat(world.ledger().pulse.stale).isEqualTo(2);
    assertThat(world.ledger().pulse.outcomes).isEqualTo(3);
  }

  @Test
  default void aDiscardedJobIsStaleAndEndsAtItsDeadline() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    Job job = world.nextPulse(monitor);

    world.apply(job, Outcome.DISCARDED);
    assertThat(world.ledger().pulse.stale).isEqualTo(1);
    assertThat(world.ledger().pulse.inFlight).isEqualTo(1);
    world.tickAt(job.deadline());

    assertThat(world.ledger().pulse.expired).isEqualTo(1);
  }

  @Test
  default void outcomesOfHandlesThatNobodyHasAreStale() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, SECOND);
    world.tickAt(0);
    int[] handles = {-1, Integer.MIN_VALUE, monitor + 1, 1_023, 1_024, Integer.MAX_VALUE};
    for (Lane lane : Lane.values()) {
      for (int handle : handles) {
        world.give(lane, handle, 1, 0, Outcome.FAILED);
      }
      world.give(lane, monitor, 0, 0, Outcome.FAILED);
      world.give(lane, monitor, 1, 0, Outcome.OK);
    }

    world.tick();

    for (Lane lane : Lane.values()) {
      assertThat(world.ledger().lane(lane).stale).as("%s", lane).isEqualTo(handles.length + 2);
    }
    assertThat(world.words(monitor)).isEqualTo("idle");
  }

  @Test
  default void numbersArePerLane() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.fail(monitor, 1);
    Job intervention = world.takeOne(Lane.INTERVENTION);
    Job code = world.takeOne(Lane.CODE);

    world.give(Lane.PULSE, monitor, intervention.number(), 0, Outcome.OK);
    world.give(Lane.INTERVENTION, monitor, intervention.number() + 1, 0, Outcome.OK);
    world.give(Lane.CODE, monitor, code.number() + 1, 0, Outcome.OK);
    world.tick();

    assertThat(world.ledger().inFlight()).isEqualTo(2);
    assertThat(world.ledger().pulse.stale).isEqualTo(1);
    assertThat(world.ledger().intervention.stale).isEqualTo(1);
    assertThat(world.ledger().code.stale).isEqualTo(1);
  }

  @Test
  default void lateOutcomesOfInterventionsAndAlertsAreStaleToo() { // M6
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.fail(monitor, 1);
    Job intervention = world.takeOne(Lane.INTERVENTION);
    Job code = world.takeOne(Lane.CODE);
    world.tickAt(12 * SECOND);
    world.tickAt(13 * SECOND);
    assertThat(world.ledger().intervention.expired).isEqualTo(1);
    assertThat(world.ledger().code.expired).isEqualTo(1);
    assertThat(world.takeOne(Lane.CODE).number()).isEqualTo(2);
    String before = world.words(monitor);

    world.give(intervention, Outcome.OK);
    world.give(code, Outcome.OK);
    world.tickAgain();

    assertThat(world.words(monitor)).isEqualTo(before);
    assertThat(world.ledger().intervention.stale).isEqualTo(1);
    assertThat(world.ledger().code.stale).isEqualTo(1);
    assertThat(world.ledger().alerts.delivered).isZero();
  }

  @Test
  default void aLostOutcomeCostsOnePulseNotTheMonitor() { // M5
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.nextPulse(monitor);

    world.tickAt(10 * SECOND);

    assertThat(world.ledger().pulse.expired).isEqualTo(1);
    assertThat(world.takeOne(Lane.PULSE).number()).isEqualTo(2);
  }

  @Test
  default void outcomesMayComeInBatchesOfAnySizeAndOrder() {
    EngineWorld world = world();
    for (int i = 0; i < 100; i++) {
      world.add(Rules.PLAIN, 0);
    }
    world.tickAt(0);
    Batch batch = new Batch(100, new ArrayDeque<>());
    for (Job job : world.take(Lane.PULSE).reversed()) {
      batch.addOutcome(job.monitor(), job.number(), job.due(), Outcome.OK);
    }
    assertThat(world.lanes().pulse().give(batch)).isTrue();

    assertThat(world.tick()).isPositive();

    assertThat(world.ledger().pulse.ok).isEqualTo(100);
  }

  @Test
  default void ticksTellWhetherThereWasSomethingToDo() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, MS);
    assertThat(world.tickAt(0)).isZero();
    assertThat(world.tickAt(MS)).isPositive();
    Job job = world.takeOne(Lane.PULSE);
    world.tickAgain(); // the empty batch comes home
    assertThat(world.tickAt(2 * MS)).isZero();
    world.give(job, Outcome.OK);
    assertThat(world.tickAt(3 * MS)).isPositive();
    assertThat(world.tickAt(4 * MS)).isZero();
    world.nextPulse(monitor);
    world.tickAgain();
    assertThat(world.tickAt(world.state(monitor).pulseDeadlineNanos)).isPositive();
  }
}
