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
/// [HeldAlerts]. Owned by the engine's thread.
///
/// When a silence begins or ends the monitors are gone through in slices, so that no tick is held
/// up.
final class Silences {
  private static final int SLICE = 2_000;

  private List<Silence> silences;
  private final MonitorTable table;
  private final HeldAlerts held;
  private final BitSet silent = new BitSet();

  /// Those that held at the last look; null before the first one. A monitor may have been added as
  /// silent since, and its silence be over.
  private @Nullable BitSet active;

  private int next;
  private int end;

  Silences(List<Silence> silences, MonitorTable table, HeldAlerts held) {
    this.silences = silences;
    this.table = table;
    this.held = held;
  }

  /// Other silences hold from now on; the monitors are gone through at once.
  void set(List<Silence> others) {
    silences = others;
    active = null;
    next = 0;
    end = table.handlesEnd();
  }

  /// The rules that a monitor starts with.
  MonitorRules rules(MonitorSpec spec, long nowNanos) {
    return isSilent(spec, nowNanos) ? silenced(spec.rules()) : spec.rules();
  }

  /// A monitor was added with these rules.
  void added(int handle, MonitorSpec spec, long nowNanos) {
    silent.set(handle, isSilent(spec, nowNanos));
  }

  /// A monitor goes on with another spec.
  void changed(int handle, MonitorSpec spec, long nowNanos) {
    if (isSilent(spec, nowNanos) != silent.get(handle)) {
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

  private boolean isSilent(MonitorSpec spec, long nowNanos) {
    return !silences.isEmpty()
        && Silence.find(silences, spec, DaemonClock.instant(nowNanos)) != null;
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
  void look(long nowNanos) {
    if (silences.isEmpty()) {
      return;
    }
    Instant now = DaemonClock.instant(nowNanos);
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
  boolean step(Engine engine, long nowNanos) {
    int to = Math.min(end, next + SLICE);
    for (; next < to; next++) {
      MonitorSpec spec = table.spec(next);
      if (spec != null && isSilent(spec, nowNanos) != silent.get(next)) {
        flip(next);
        engine.update(next, silent.get(next) ? silenced(spec.rules()) : spec.rules());
      }
    }
    return next < end;
  }
}
