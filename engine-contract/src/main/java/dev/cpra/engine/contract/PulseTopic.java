package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Slots, and the pulses they become.
interface PulseTopic extends Worlds {
  @Test
  default void aSlotBecomesAPulseAtTheFirstTickNotBeforeIt() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 5 * MS + 1);

    world.tickAt(5 * MS);
    world.takeNone(Lane.PULSE);
    world.tickAt(6 * MS);

    Job job = world.takeOne(Lane.PULSE);
    assertThat(job)
        .isEqualTo(new Job(Lane.PULSE, monitor, 1, 5 * MS + 1, 6 * MS + 2 * SECOND + SECOND, 0));
    MonitorState state = world.state(monitor);
    assertThat(Vitals.phase(state.vitals)).isEqualTo(Vitals.PULSE_IN_FLIGHT);
    assertThat(state.pulseDueNanos).isEqualTo(5 * MS + 1);
    assertThat(state.pulseNumber).isEqualTo(1);
    assertThat(state.pulseDeadlineNanos).isEqualTo(job.deadline());
    assertThat(state.nextSlotNanos).isEqualTo(5 * MS + 1 + 10 * SECOND);
  }

  @Test
  default void aDeadlineCountsFromTheDispatchNotFromTheMultipleOfTheTick() {
    EngineWorld world = world();
    world.add(Rules.PLAIN, 5 * MS);

    world.tickAt(7 * MS + 3);

    assertThat(world.takeOne(Lane.PULSE).deadline()).isEqualTo(7 * MS + 3 + 3 * SECOND);
  }

  @Test
  default void engineTimeAdvancesInMultiplesOfTheTick() {
    EngineWorld world = start(worldWith().tick(10 * MS));
    world.add(Rules.PLAIN, 15 * MS);

    world.tickAt(19 * MS);
    world.takeNone(Lane.PULSE);
    world.tickAt(20 * MS);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(15 * MS);
  }

  @Test
  default void pulsesStayOnTheGridHoweverLateTheirOutcomes() { // M2, M17
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 3 * MS);
    for (int k = 0; k < 5; k++) {
      Job job = world.nextPulse(monitor);
      assertThat(job.due()).isEqualTo(3 * MS + k * 10L * SECOND);
      assertThat(job.number()).isEqualTo(k + 1);
      world.tickAt(world.now() + (k + 1) * 500L * MS);
      world.apply(job, k % 2 == 0 ? Outcome.OK : Outcome.FAILED);
    }
    assertThat(world.ledger().pulse.due).isEqualTo(5);
    assertThat(world.ledger().pulse.missed).isZero();
  }

  @Test
  default void aFailedPulseWaitsForItsNextSlot() { // M7
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);

    world.fail(monitor, 1);
    world.tickUntil(100 * MS);
    world.tickAt(10 * SECOND - 1);
    world.takeNone(Lane.PULSE);
    world.tickAt(10 * SECOND);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(10 * SECOND);
  }

  @Test
  default void slotsPassedWhileAPulseIsInFlightAreMissed() {
    EngineWorld world = world();
    MonitorRules rules = MonitorRules.of(10 * SECOND, 60 * SECOND);
    int monitor = world.add(rules, 0);
    Job job = world.nextPulse(monitor);

    world.tickAt(10 * SECOND);
    world.tickAt(25 * SECOND);
    world.apply(job, Outcome.OK);

    assertThat(world.ledger().pulse.missed).isEqualTo(2);
    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(30 * SECOND);
    assertThat(world.nextPulse(monitor).due()).isEqualTo(30 * SECOND);
  }

  @Test
  default void slotsPassedWhileAPulseWaitsAreMissedAndItKeepsItsDueTime() {
    EngineWorld world = world();
    world.lanes().pulse().narrow(0);
    int monitor = world.add(Rules.PLAIN, MS);
    world.tickAt(MS);
    assertThat(world.vitals(monitor)).isEqualTo(Vitals.WAITING);
    assertThat(world.state(monitor).pulseDueNanos).isEqualTo(MS);
    assertThat(world.ledger().pulse.waiting).isEqualTo(1);

    world.tickAt(35 * SECOND);
    world.lanes().pulse().narrow(16);
    world.tick();

    Job job = world.takeOne(Lane.PULSE);
    assertThat(job.due()).isEqualTo(MS);
    assertThat(job.deadline()).isEqualTo(world.now() + 3 * SECOND);
    assertThat(world.ledger().pulse.missed).isEqualTo(3);
    assertThat(world.ledger().pulse.due).isEqualTo(4);
  }

  @Test
  default void ofSlotsPassedInOneTickTheEarliestIsOfferedAndTheRestAreMissed() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, SECOND);

    world.tickAt(41 * SECOND);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(SECOND);
    assertThat(world.trace().missedSlots()).isEqualTo(4);
    assertThat(world.trace().of(Event.Kind.MISSED).getFirst().from()).isEqualTo(11 * SECOND);
    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(51 * SECOND);
  }

  @Test
  default void aSlotThatPassedBeforeTheMonitorWasAddedIsDueAtTheNextTick() {
    EngineWorld world = world();
    world.tickAt(100 * SECOND);
    world.add(Rules.PLAIN, 93 * SECOND);

    world.tick();

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(93 * SECOND);
    assertThat(world.ledger().pulse.missed).isZero();
  }

  @Test
  default void anIntervalShorterThanATickGivesOnePulseAndMissesTheOtherSlots() {
    EngineWorld world = world();
    int monitor = world.add(MonitorRules.of(MS / 4, 20 * MS), MS);

    world.tickAt(MS);
    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(MS);
    world.tickAt(2 * MS);
    world.takeNone(Lane.PULSE);
    assertThat(world.ledger().pulse.missed).isEqualTo(4);

    world.give(Lane.PULSE, monitor, 1, MS, Outcome.OK);
    world.tickAt(3 * MS);
    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(2 * MS + MS / 4);
    assertThat(world.ledger().pulse.missed).isEqualTo(4 + 3);
    assertThat(world.ledger().pulse.due).isEqualTo(9);
  }

  @Test
  default void anIntervalThatIsNoMultipleOfTheTickDoesNotDrift() {
    EngineWorld world = world();
    long interval = 1_700_001;
    world.add(MonitorRules.of(interval, MS), 0);
    for (long k = 0; k < 2_000; k++) {
      long due = k * interval;
      long booked = (due + MS - 1) / MS * MS;
      world.tickAt(booked);
      Job job = world.takeOne(Lane.PULSE);
      assertThat(job.due()).isEqualTo(due);
      world.apply(job, Outcome.OK);
    }
    assertThat(world.ledger().pulse.missed).isZero();
  }

  @Test
  default void intervalsOfHoursAndDaysAreKeptExactly() {
    EngineWorld world = world();
    List<Long> hours = List.of(1L, 7L, 24L, 24L * 30, 24L * 365);
    for (long h : hours) {
      MonitorRules rules = MonitorRules.of(h * EngineWorld.HOUR + 1, SECOND);
      int monitor = world.add(rules, world.now() + h * EngineWorld.HOUR + 7);
      long due = world.state(monitor).nextSlotNanos;
      world.tickAt(due / MS * MS);
      world.takeNone(Lane.PULSE);
      world.tickAt((due + MS - 1) / MS * MS);
      world.apply(world.takeOne(Lane.PULSE), Outcome.OK);
      assertThat(world.state(monitor).nextSlotNanos).isEqualTo(due + h * EngineWorld.HOUR + 1);
      world.engine().remove(monitor);
      world.tick();
    }
    assertThat(world.ledger().pulse.missed).isZero();
  }
}
