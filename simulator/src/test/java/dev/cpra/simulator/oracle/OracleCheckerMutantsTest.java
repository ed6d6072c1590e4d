package dev.cpra.simulator.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.check.Violation;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The checker sees what an engine does wrong: each mutant does one thing wrong, once.
class OracleCheckerMutantsTest {
  enum Wrong {
    MISSED_SWALLOWED,
    MISSED_MISCOUNTED,
    COLOUR_ALTERED,
    CHANGE_SWALLOWED,
    ALERT_RAISED_TWICE,
    SKIPPED_SWALLOWED,
    ABANDONED_SWALLOWED,
    DROPPED_SWALLOWED,
    CANCELLED_SWALLOWED,
    REMOVED_SWALLOWED,
    STALE_SWALLOWED,
    ENDED_OTHERWISE,
    ENDED_LATE,
    DISPATCH_SWALLOWED,
    DISPATCHED_OUT_OF_ORDER,
    NUMBER_SKIPPED,
    DUE_MOVED,
    DEADLINE_MOVED,
    OUTCOME_TURNED,
    PAUSE_IGNORED,
    UPDATE_IGNORED,
    RUN_NOW_IGNORED
  }

  @ParameterizedTest
  @EnumSource(Wrong.class)
  void aMutantIsCaught(Wrong wrong) {
    assertThat(violation(checker -> new Mutant(checker, wrong), 0)).isNotNull();
  }

  @Test
  void anEngineThatSleepsTooLongIsCaught() {
    Violation violation = violation(UnaryOperator.identity(), 30_000_000);

    assertThat(violation).hasMessageContaining("slept through");
  }

  @Test
  void aViolationNamesTheMonitorWhatWasExpectedAndFoundAndTheState() {
    Violation violation =
        Objects.requireNonNull(violation(checker -> new Mutant(checker, Wrong.COLOUR_ALTERED), 0));

    assertThat(violation.checker()).isEqualTo("lifecycle");
    assertThat(violation)
        .hasMessageMatching(
            "at \\d+: expected \\w+ raised, found GRAY raised; monitor "
                + violation.monitor()
                + " should be: .*");
  }

  private static @Nullable Violation violation(UnaryOperator<Checker> mutant, long oversleep) {
    for (int seed = 0; seed < 20; seed++) {
      try (RandomWorld world = new RandomWorld("baseline", seed, 1_000_000, mutant)) {
        world.oversleepNanos = oversleep;
        world.run(1_000);
      } catch (Violation violation) {
        return violation;
      }
    }
    return null;
  }

  private static final class Mutant extends Forwarding {
    private final Wrong wrong;
    private int left = 20;
    private @Nullable Runnable later;

    Mutant(Checker to, Wrong wrong) {
      super(to);
      this.wrong = wrong;
    }

    /// Whether the time has come to do this wrong.
    private boolean now(Wrong what) {
      return wrong == what && --left == 0;
    }

    @Override
    public void missed(int monitor, long first, long slots, long nowNanos) {
      if (now(Wrong.MISSED_SWALLOWED)) {
        return;
      }
      super.missed(monitor, first, slots + (now(Wrong.MISSED_MISCOUNTED) ? 1 : 0), nowNanos);
    }

    @Override
    public void raised(int monitor, Code code, long nowNanos) {
      boolean altered = code != Code.GRAY && now(Wrong.COLOUR_ALTERED);
      super.raised(monitor, altered ? Code.GRAY : code, nowNanos);
      if (now(Wrong.ALERT_RAISED_TWICE)) {
        super.raised(monitor, code, nowNanos);
      }
    }

    @Override
    public void changed(int monitor, long before, long after, long nowNanos) {
      if (!now(Wrong.CHANGE_SWALLOWED)) {
        super.changed(monitor, before, after, nowNanos);
      }
    }

    @Override
    public void skipped(int monitor, Code code, long nowNanos) {
      if (!now(Wrong.SKIPPED_SWALLOWED)) {
        super.skipped(monitor, code, nowNanos);
      }
    }

    @Override
    public void abandoned(int monitor, Code code, long nowNanos) {
      if (!now(Wrong.ABANDONED_SWALLOWED)) {
        super.abandoned(monitor, code, nowNanos);
      }
    }

    @Override
    public void dropped(int monitor, Code code, long nowNanos) {
      if (!(wrong == Wrong.DROPPED_SWALLOWED)) {
        super.dropped(monitor, code, nowNanos);
      }
    }

    @Override
    public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
      if (!(wrong == Wrong.CANCELLED_SWALLOWED)) {
        super.cancelled(lane, monitor, dueNanos, nowNanos);
      }
    }

    @Override
    public void removed(int monitor, long nowNanos) {
      if (!(wrong == Wrong.REMOVED_SWALLOWED)) {
        super.removed(monitor, nowNanos);
      }
    }

    @Override
    public void stale(Lane lane, int monitor, int number, long nowNanos) {
      if (!now(Wrong.STALE_SWALLOWED)) {
        super.stale(lane, monitor, number, nowNanos);
      }
    }

    @Override
    public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
      if (now(Wrong.ENDED_LATE)) {
        later = () -> super.ended(lane, monitor, number, end, dueNanos, nowNanos);
        return;
      }
      int told = now(Wrong.ENDED_OTHERWISE) ? (end + 1) % 3 : end;
      super.ended(lane, monitor, number, told, dueNanos, nowNanos);
    }

    @Override
    public void tickBegins(long nowNanos, long lateNanos) {
      super.tickBegins(nowNanos, lateNanos);
      if (later != null && wrong == Wrong.ENDED_LATE) {
        later.run();
        later = null;
      }
    }

    @Override
    public void dispatched(
        Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
      if (now(Wrong.DISPATCH_SWALLOWED)) {
        return;
      }
      if (wrong == Wrong.DISPATCHED_OUT_OF_ORDER && lane == Lane.PULSE) {
        Runnable held = later;
        later = () -> super.dispatched(lane, monitor, number, detail, dueNanos, nowNanos);
        if (held != null) {
          later.run();
          held.run();
          later = null;
        }
        return;
      }
      int told = now(Wrong.NUMBER_SKIPPED) ? number + 1 : number;
      long due = now(Wrong.DUE_MOVED) ? dueNanos + 1 : dueNanos;
      super.dispatched(lane, monitor, told, detail, due, nowNanos);
    }

    @Override
    public void taken(
        Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {
      long deadline = wrong == Wrong.DEADLINE_MOVED ? deadlineNanos + 1 : deadlineNanos;
      super.taken(lane, monitor, number, detail, dueNanos, deadline);
    }

    @Override
    public void given(Lane lane, int monitor, int number, byte outcome) {
      byte turned = outcome == Outcome.OK ? Outcome.FAILED : Outcome.OK;
      super.given(lane, monitor, number, now(Wrong.OUTCOME_TURNED) ? turned : outcome);
    }

    @Override
    public void pausing(int monitor, boolean paused) {
      if (!now(Wrong.PAUSE_IGNORED)) {
        super.pausing(monitor, paused);
      }
    }

    @Override
    public void updated(int monitor, MonitorRules rules) {
      if (!now(Wrong.UPDATE_IGNORED)) {
        super.updated(monitor, rules);
      }
    }

    @Override
    public void runningNow(int monitor, long dueNanos) {
      if (wrong != Wrong.RUN_NOW_IGNORED) {
        super.runningNow(monitor, dueNanos);
      }
    }
  }
}
