package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Bounds, misuse, and the end of an engine.
interface LimitTopic extends Worlds {
  private static void assertLimit(EngineWorld world, ThrowingCallable call) {
    long before = world.ledger().limitsReached;
    assertThatThrownBy(call).isInstanceOf(LimitReachedException.class);
    assertThat(world.ledger().limitsReached).isEqualTo(before + 1);
  }

  private EngineWorld bounded(int monitors, int rules, int calls) {
    return start(worldWith().limits(new EngineLimits(monitors, rules, calls, MS, SECOND)));
  }

  @Test
  default void aFullEngineRefusesAnotherMonitorAndStaysAsItWas() {
    EngineWorld world = bounded(3, 8, 8);
    for (int i = 0; i < 3; i++) {
      world.add(Rules.PLAIN, 0);
    }
    assertLimit(world, () -> world.add(Rules.PLAIN, 0));
    world.engine().remove(1);
    assertLimit(world, () -> world.add(Rules.PLAIN, 0));
    world.tickAt(0);

    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(1);
    assertLimit(world, () -> world.add(Rules.PLAIN, 0));
    assertThat(world.ledger().pulse.due).isEqualTo(2);
  }

  @Test
  default void tooManyDifferentRulesAreRefused() {
    EngineWorld world = bounded(8, 2, 8);
    int first = world.add(Rules.PLAIN, SECOND);
    int second = world.add(Rules.ALERTING, SECOND);
    assertThat(world.add(Rules.PLAIN.withInterval(10 * SECOND), SECOND)).as("equal").isEqualTo(2);
    assertLimit(world, () -> world.add(Rules.REPAIRING, SECOND));
    assertLimit(world, () -> world.engine().update(first, Rules.REPAIRING));
    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(3);

    world.engine().remove(second);
    world.tickAt(0);
    assertThat(world.add(Rules.REPAIRING, SECOND)).isEqualTo(second);
  }

  @Test
  default void rulesThatNobodyHasAnyMoreMakeRoomForOthers() {
    EngineWorld world = bounded(4, 2, 8);
    int monitor = world.add(Rules.PLAIN, SECOND);
    for (int i = 1; i <= 50; i++) {
      world.engine().update(monitor, Rules.PLAIN.withInterval(10 * SECOND + i));
      world.tick();
    }
    assertThat(world.ledger().limitsReached).isZero();
  }

  @Test
  default void theDefaultsLeaveRoomForAnUpdateOfEveryMonitor() {
    EngineWorld world = start(worldWith().limits(EngineLimits.of(2)));
    for (int i = 0; i < 2; i++) {
      world.add(Rules.PLAIN.withInterval(10 * SECOND + i), SECOND);
    }
    for (int i = 0; i < 2; i++) {
      world.engine().update(i, Rules.PLAIN.withInterval(20 * SECOND + i));
    }
    world.tick();

    assertThat(world.ledger().limitsReached).isZero();
  }

  @Test
  default void tooManyCallsBetweenTwoTicksAreRefused() {
    EngineWorld world = bounded(4, 4, 3);
    int monitor = world.add(Rules.PLAIN, SECOND);
    Engine engine = world.engine();
    engine.pause(monitor, true);
    engine.pause(monitor, false);
    engine.runNow(monitor, 0);
    assertLimit(world, () -> engine.runNow(monitor, 0));
    assertLimit(world, () -> engine.pause(monitor, true));
    assertLimit(world, () -> engine.update(monitor, Rules.PLAIN));
    assertLimit(world, () -> engine.remove(monitor));
    world.tickAt(0);
    assertThat(world.ledger().pulse.dispatched).isEqualTo(1);

    engine.remove(monitor);
    world.tick();

    assertThat(world.ledger().pulse.cancelledInFlight).isEqualTo(1);
  }

  @Test
  default void handlesThatNobodyHasAreRefused() {
    EngineWorld world = bounded(4, 4, 64);
    int removed = world.add(Rules.PLAIN, SECOND);
    world.add(Rules.PLAIN, SECOND);
    world.engine().remove(removed);
    world.tick();
    MonitorState state = new MonitorState();
    Engine engine = world.engine();
    for (int handle : new int[] {removed, 2, 3, 4, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      List<ThrowingCallable> calls =
          List.of(
              () -> engine.update(handle, Rules.PLAIN),
              () -> engine.remove(handle),
              () -> engine.pause(handle, true),
              () -> engine.runNow(handle, 0),
              () -> engine.read(handle, state),
              () -> engine.restore(handle, state));
      for (ThrowingCallable call : calls) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(String.valueOf(handle));
      }
    }
    world.tick();
    assertThat(world.ledger().runNowIgnored).isZero();
  }

  @Test
  default void aClosedEngineRefusesEverythingButClosing() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.tickAt(0);
    Engine engine = world.engine();
    engine.close();
    engine.close();
    MonitorState state = new MonitorState();
    List<ThrowingCallable> calls =
        List.of(
            () -> engine.add(Rules.PLAIN, 0),
            () -> engine.update(monitor, Rules.PLAIN),
            () -> engine.remove(monitor),
            () -> engine.pause(monitor, true),
            () -> engine.runNow(monitor, 0),
            () -> engine.tick(MS),
            engine::nextWakeupNanos,
            () -> engine.drain(MS),
            () -> engine.read(monitor, state),
            () -> engine.restore(monitor, state),
            () -> engine.audit(0, 1),
            engine::ledger);
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  default void aSoundEngineHasNothingToRepair() {
    EngineWorld world = bounded(8, 8, 8);
    assertThat(world.engine().audit(0, 8)).isZero();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.add(Rules.PLAIN, 0);
    assertThat(world.engine().audit(0, 8)).as("just added").isZero();
    world.tickAt(0);
    assertThat(world.engine().audit(0, 8)).as("in flight").isZero();
    world.take(Lane.PULSE).forEach(job -> world.give(job, Outcome.FAILED));
    world.tick();
    assertThat(world.engine().audit(0, 8)).as("repairing").isZero();
    world.engine().pause(monitor, true);
    assertThat(world.engine().audit(monitor, 1)).as("a call waits").isZero();
    world.engine().remove(monitor);
    world.tick();

    assertThat(world.engine().audit(0, 1)).as("removed").isZero();
    assertThat(world.engine().audit(7, 100)).as("past the end").isZero();
    assertThat(world.ledger().auditRepairs).isZero();
  }

  @Test
  default void twoEnginesShareNothing() {
    EngineWorld one = world();
    EngineWorld other = world();
    one.add(Rules.PLAIN, 0);
    one.tickAt(0);
    other.tickAt(0);

    assertThat(one.ledger().pulse.dispatched).isEqualTo(1);
    assertThat(other.ledger().pulse.due).isZero();
  }
}
