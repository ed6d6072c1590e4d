package dev.cpra.engine.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WaitingLineTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private final EngineLimits limits = EngineLimits.of(1_000);
  private final World world = new World(1_000);
  private final Monitors monitors =
      new Monitors(
          limits,
          EcsOptions.of(Map.of()),
          new Moment(limits),
          world,
          new LaneLedger(),
          Transitions.NONE);
  private final WaitingLine line = new WaitingLine(monitors);

  @AfterEach
  void close() {
    world.close();
  }

  private Pulse monitor() {
    int handle = monitors.handles.allocate();
    monitors.create(handle, monitors.rules.acquire(MonitorRules.of(SECOND, SECOND)), SECOND);
    return monitors.get(handle);
  }

  private void runNow(Pulse of, long dueNanos) {
    of.vitals = (int) Lifecycle.pulseWaits(of.vitals);
    monitors.keepDue(of, dueNanos);
    line.add(of.handle, dueNanos);
  }

  private void giveUp(Pulse of) {
    of.vitals = (int) Lifecycle.pulseGivenUp(of.vitals);
    monitors.forgetDue(of);
  }

  /// As while the lane is full: nothing behind the first pulse is looked at.
  @Test
  void whatIsGivenUpBehindAPulseThatWaitsDoesNotPileUp() {
    Pulse first = monitor();
    Pulse second = monitor();
    runNow(first, MS);
    for (int round = 0; round < 1_000; round++) {
      runNow(second, 2 * MS + round / 2 * MS); // each time twice
      assertThat(line.next()).isTrue();
      assertThat(line.pulse()).isSameAs(first);
      giveUp(second);
    }
    assertThat(line.otherEntries()).isLessThanOrEqualTo(16);

    runNow(second, SECOND);
    assertThat(offered()).isSameAs(first);
    assertThat(offered()).isSameAs(second);
    assertThat(line.next()).isFalse();
  }

  @Test
  void pulsesThatWaitStayInTheirOrderHoweverManyAreAdded() {
    Pulse[] pulses = new Pulse[500];
    for (int i = 0; i < pulses.length; i++) {
      pulses[i] = monitor();
    }
    for (int i = pulses.length; --i >= 0; ) {
      runNow(pulses[i], (1 + i / 2) * MS);
    }
    for (int i = 0; i < pulses.length; i += 3) {
      giveUp(pulses[i]);
    }
    for (int i = 0; i < pulses.length; i += 3) {
      runNow(pulses[i], (1 + i / 2) * MS);
    }
    for (Pulse pulse : pulses) {
      assertThat(offered()).isSameAs(pulse);
    }
    assertThat(line.next()).isFalse();
  }

  private Pulse offered() {
    assertThat(line.next()).isTrue();
    Pulse found = line.pulse();
    line.remove();
    giveUp(found);
    return found;
  }
}
