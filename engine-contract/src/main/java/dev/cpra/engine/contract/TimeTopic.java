package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.HOUR;
import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/// Clocks that jump and stand, and when an engine wants to be woken.
interface TimeTopic extends Worlds {
  @Test
  default void aClockThatGoesBackwardsIsIgnoredUntilItCatchesUp() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.tickAt(100 * SECOND);
    Job job = world.takeOne(Lane.PULSE);
    long next = world.state(monitor).nextSlotNanos;

    world.tickAt(SECOND);
    world.give(job, Outcome.OK);
    world.tickAt(50 * SECOND);
    assertThat(world.ledger().pulse.ok).isEqualTo(1);
    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(next);
    world.tickAt(109 * SECOND);
    world.takeNone(Lane.PULSE);
    world.tickAt(110 * SECOND);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(110 * SECOND);
    assertThat(world.trace().events()).allMatch(e -> e.now() >= 100 * SECOND);
  }

  @Test
  default void aClockThatJumpsYearsAheadBooksEverySlotExactly() {
    EngineWorld world = world();
    long interval = 7_777_777;
    int[] monitors = new int[5];
    for (int i = 0; i < monitors.length; i++) {
      monitors[i] = world.add(MonitorRules.of(interval, MS), i * MS);
    }
    world.tickAt(4 * MS);
    world.take(Lane.PULSE).forEach(job -> world.give(job, Outcome.OK));
    long now = 20L * 365 * 24 * HOUR;

    world.tickAt(now);

    long due = 0;
    for (int i = 0; i < monitors.length; i++) {
      due += (now - i * MS) / interval + 1;
    }
    assertThat(world.ledger().pulse.due).isEqualTo(due);
    assertThat(world.ledger().pulse.dispatched).isEqualTo(10);
    assertThat(world.ledger().pulse.missed).isEqualTo(due - 10);
    assertThat(world.take(Lane.PULSE)).hasSize(5);
    world.tick();
    assertThat(world.engine().nextWakeupNanos()).isLessThanOrEqualTo(now + interval + MS);
  }

  @Test
  default void aJumpOverDeadlinesExpiresEachJobOnce() {
    EngineWorld world = world();
    for (int i = 0; i < 5; i++) {
      world.add(Rules.REPAIRING, 0);
    }
    world.tickAt(0);
    world.take(Lane.PULSE);

    world.tickAt(HOUR);

    assertThat(world.ledger().pulse.expired).isEqualTo(5);
    assertThat(world.ledger().pulse.dispatched).isEqualTo(10);
    List<Event> ended = world.trace().of(Event.Kind.ENDED);
    assertThat(ended).extracting(Event::monitor).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  default void anEmptyEngineNeverWantsToBeWoken() {
    EngineWorld world = world();
    assertThat(world.engine().nextWakeupNanos()).isEqualTo(Long.MAX_VALUE);
    world.tickAt(SECOND);
    assertThat(world.engine().nextWakeupNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  default void aFarSlotCostsFewWakeUps() {
    for (long hours : new long[] {1, 30, 24 * 365}) {
      EngineWorld world = world();
      world.tickAt(0);
      long due = hours * HOUR + 1;
      world.add(MonitorRules.of(HOUR, SECOND), due);
      int wakeUps = 0;
      while (!world.lanes().pulse().hasJobs()) {
        long next = world.engine().nextWakeupNanos();
        assertThat(next).as("wake-up before %d h", hours).isLessThanOrEqualTo(due + MS);
        world.tickAt(Math.max((next + MS - 1) / MS * MS, world.now() + MS));
        assertThat(++wakeUps).as("wake-ups before %d h", hours).isLessThan(2_000);
      }
      assertThat(world.now()).isEqualTo((due + MS - 1) / MS * MS);
    }
  }

  @Test
  default void nothingDueIsEverSleptThrough() {
    EngineWorld ticking = start(worldWith().lane(Lane.PULSE, 3).grace(15 * MS));
    EngineWorld sleeping = start(worldWith().lane(Lane.PULSE, 3).grace(15 * MS));
    long end = 12 * SECOND;
    long ticks = drive(ticking, end, false);
    long wakeUps = drive(sleeping, end, true);

    assertThat(Trace.canonical(sleeping.trace().events()))
        .isEqualTo(Trace.canonical(ticking.trace().events()));
    assertThat(wakeUps).isLessThan(ticks);
    for (Lane lane : Lane.values()) {
      assertThat(ticking.ledger().lane(lane).ok).as("%s ok", lane).isPositive();
      assertThat(ticking.ledger().lane(lane).failed).as("%s failed", lane).isPositive();
      assertThat(ticking.ledger().lane(lane).expired).as("%s expired", lane).isPositive();
    }
  }

  /// What happens at a time, in the order given.
  record Planned(long at, long order, Runnable action) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  /// Runs one fixed story, tick by tick or from wake-up to wake-up.
  ///
  /// @return how many ticks it took
  private static long drive(EngineWorld world, long end, boolean sleeps) {
    world.codesByHand();
    addStory(world);
    PriorityQueue<Planned> plan = new PriorityQueue<>();
    plan.add(new Planned(3 * SECOND, -4, () -> world.engine().pause(2, true)));
    plan.add(new Planned(5 * SECOND, -3, () -> world.engine().pause(2, false)));
    plan.add(new Planned(6 * SECOND, -2, () -> world.engine().remove(3)));
    plan.add(new Planned(7 * SECOND, -1, () -> world.engine().update(1, rules(231 * MS))));
    long ticks = 0;
    long order = 0;
    long now = 0;
    while (now <= end) {
      while (!plan.isEmpty() && plan.element().at() <= now) {
        plan.remove().action().run();
      }
      world.tickAt(now);
      ticks++;
      for (Lane lane : Lane.values()) {
        for (Job job : world.take(lane)) {
          int hash = (job.monitor() * 31 + job.number() * 17 + lane.ordinal() * 7) % 23;
          if (hash % 8 != 5) { // else it is lost
            byte outcome = hash % 3 == 0 ? Outcome.FAILED : Outcome.OK;
            plan.add(new Planned(now + hash * MS, order++, () -> world.give(job, outcome)));
          }
        }
      }
      long next = now + MS;
      if (sleeps) {
        long wakeUp = Math.min(world.engine().nextWakeupNanos(), end + MS);
        wakeUp = plan.isEmpty() ? wakeUp : Math.min(wakeUp, plan.element().at());
        next = Math.max(next, (wakeUp + MS - 1) / MS * MS);
      }
      now = next;
    }
    return ticks;
  }

  private static MonitorRules rules(long interval) {
    return MonitorRules.of(interval, 10 * MS)
        .withThresholds(2, 2)
        .withCalm(3)
        .withIntervention(new InterventionRules(5 * MS, 2, 43 * MS + 7, 1))
        .withAlerts(new AlertRules(Code.ALL_MASK, 4 * MS, 2, 777 * MS));
  }

  private static void addStory(EngineWorld world) {
    world.add(rules(40 * MS), 0);
    world.add(rules(57 * MS + 13), 5 * MS);
    world.add(rules(400 * MS), 33 * MS + 1);
    world.add(rules(1_234 * MS), 4 * SECOND);
    world.add(rules(40 * MS), 0);
    world.add(rules(40 * MS), MS / 2);
    world.add(rules(40 * MS), 0);
    world.add(rules(5 * SECOND + 1), 9 * SECOND);
  }
}
