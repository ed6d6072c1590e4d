package dev.cpra.daemon.core;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.policy.Silence;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stops the creation of alerts while a silence holds, by giving its monitors rules that configure
/// none: checks and repairs go on, and the engine counts what was skipped. Green stays, for it is
/// raised only to take back what was told before. What is still down when it ends is told then, see
/// [HeldAlerts]. Silences follow the wall's clock. Owned by the engine's thread.
///
/// When a silence begins or ends the monitors are gone through in slices, so that no tick is held
/// up.
final class Silences {
  private static final int SLICE = 2_000;

  private List<Silence> silences;
  private final MonitorTable table;
  private final HeldAlerts held;
  private final WallClock wall;
  private final BitSet silent = new BitSet();

  /// Those that held at the last look; null before the first one. A monitor may have been added as
  /// silent since, and its silence be over.
  private @Nullable BitSet active;

  private int next;
  private int end;

  Silences(List<Silence> silences, MonitorTable table, HeldAlerts held, WallClock wall) {
    this.silences = silences;
    this.table = table;
    this.held = held;
    this.wall = wall;
  }

  /// Other silences hold from now on; the monitors are gone through at once.
  void set(List<Silence> others) {
    silences = others;
    active = null;
    next = 0;
    end = table.handlesEnd();
  }

  /// Whether a silence holds for this monitor now.
  boolean isSilent(MonitorSpec spec) {
    return !silences.isEmpty() && isSilent(spec, wall.now());
  }

  /// The rules that a monitor has.
  static MonitorRules rules(MonitorSpec spec, boolean silent) {
    return silent ? silenced(spec.rules()) : spec.rules();
  }

  /// A monitor was added with the rules for this.
  void added(int handle, boolean nowSilent) {
    silent.set(handle, nowSilent);
  }

  /// A monitor goes on with the rules for this.
  void changed(int handle, boolean nowSilent) {
    if (nowSilent != silent.get(handle)) {
      flip(handle);
    }
  }

  private void flip(int handle) {
    silent.flip(handle);
    if (silent.get(handle)) {
      held.silenceBegan(handle);
    } else {
      held.silenceEnded(handle);
    }
  }

  private boolean isSilent(MonitorSpec spec, Instant now) {
    return Silence.find(silences, spec, now) != null;
  }

  private static MonitorRules silenced(MonitorRules rules) {
    AlertRules alerts = rules.alerts();
    return rules.withAlerts(
        new AlertRules(
            alerts.codes() & Code.GREEN.bit(),
            alerts.timeoutNanos(),
            alerts.retries(),
            alerts.remindNanos()));
  }

  /// Looks which silences hold now; a few times a second.
  void look() {
    if (silences.isEmpty()) {
      return;
    }
    Instant now = wall.now();
    BitSet hold = new BitSet();
    for (int i = 0; i < silences.size(); i++) {
      Silence silence = silences.get(i);
      hold.set(i, !now.isBefore(silence.from()) && now.isBefore(silence.to()));
    }
    if (!hold.equals(active)) {
      active = hold;
      next = 0;
      end = table.handlesEnd();
    }
  }

  /// Goes through the next slice of the monitors, if a silence began or ended.
  ///
  /// @return whether there is more to do
  boolean step(Engine engine) {
    if (next >= end) {
      return false;
    }
    Instant now = wall.now();
    int to = Math.min(end, next + SLICE);
    for (; next < to; next++) {
      MonitorSpec spec = table.spec(next);
      if (spec != null && isSilent(spec, now) != silent.get(next)) {
        flip(next);
        engine.update(next, rules(spec, silent.get(next)));
      }
    }
    return next < end;
  }
}
