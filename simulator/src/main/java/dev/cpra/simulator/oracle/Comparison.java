package dev.cpra.simulator.oracle;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import org.jspecify.annotations.Nullable;

/// Compares what an engine says of a monitor with the oracle, and puts the oracle's state in words.
final class Comparison {
  private Comparison() {}

  /// The first flag or rare counter that differs, null if none does.
  static @Nullable String watched(MonitorOracle m, long vitals) {
    if (m.paused != Vitals.has(vitals, Vitals.PAUSED)) {
      return "paused " + m.paused;
    }
    if (m.warned != Vitals.has(vitals, Vitals.WARNED)) {
      return "warned " + m.warned;
    }
    if (m.incident != Vitals.has(vitals, Vitals.INCIDENT)) {
      return "incident " + m.incident;
    }
    if (m.verifying != Vitals.has(vitals, Vitals.VERIFYING)) {
      return "verifying " + m.verifying;
    }
    if (m.unknown != Vitals.has(vitals, Vitals.UNKNOWN)) {
      return "unknown " + m.unknown;
    }
    if (m.alerts.alerted != Vitals.has(vitals, Vitals.ALERTED)) {
      return "alerted " + m.alerts.alerted;
    }
    if (m.expiries != Vitals.expiries(vitals)) {
      return "expiries " + m.expiries;
    }
    if (m.attempts != Vitals.attempts(vitals)) {
      return "attempts " + m.attempts;
    }
    return m.verifyLeft == Vitals.verifyLeft(vitals) ? null : "verify left " + m.verifyLeft;
  }

  /// The first field of a state that differs, null if none does.
  static @Nullable String state(MonitorOracle m, MonitorState state, long now) {
    String different = watched(m, state.vitals);
    if (different == null) {
      different = pulse(m, state);
    }
    if (different == null) {
      different = intervention(m, state, now);
    }
    return different == null ? alerts(m.alerts, state) : different;
  }

  private static @Nullable String pulse(MonitorOracle m, MonitorState state) {
    String different = differs("phase", m.phase.ordinal(), Vitals.phase(state.vitals));
    if (different == null) {
      different = differs("failures", m.failures, Vitals.failures(state.vitals));
    }
    if (different == null) {
      different = differs("streak", m.streak, Vitals.streak(state.vitals));
    }
    if (different == null && m.pulse.waiting != Vitals.has(state.vitals, Vitals.WAITING)) {
      different = "waiting " + m.pulse.waiting;
    }
    if (different == null) {
      different = differs("next slot", m.nextSlotNanos, state.nextSlotNanos);
    }
    boolean due = m.pulse.waiting || m.pulse.inFlight;
    if (different == null) {
      different = differs("pulse due", due ? m.pulse.dueNanos : 0, state.pulseDueNanos);
    }
    if (different == null) {
      different = differs("pulse number", m.pulse.number, state.pulseNumber);
    }
    if (different == null) {
      long deadline = m.pulse.inFlight ? m.pulse.deadlineNanos : 0;
      different = differs("pulse deadline", deadline, state.pulseDeadlineNanos);
    }
    return different;
  }

  private static @Nullable String intervention(MonitorOracle m, MonitorState state, long now) {
    int number = m.intervention.inFlight ? m.intervention.number : 0;
    String different = differs("intervention number", number, state.interventionNumber);
    if (different != null) {
      return different;
    }
    return switch (m.phase) {
      case INTERVENTION_DUE ->
          differs("intervention due", m.intervention.dueNanos, state.interventionNanos);
      case INTERVENTION_IN_FLIGHT ->
          differs("intervention deadline", m.intervention.deadlineNanos, state.interventionNanos);
      default -> {
        // A time that has passed says the same as none.
        boolean settled = m.settlesUntilNanos <= now && state.interventionNanos <= now;
        yield settled
            ? null
            : differs("settling until", m.settlesUntilNanos, state.interventionNanos);
      }
    };
  }

  private static @Nullable String alerts(AlertsOracle a, MonitorState state) {
    String different = differs("alerts", a.list.size(), Alerts.count(state.alerts));
    if (different != null) {
      return different;
    }
    int i = 0;
    for (Code code : a.list) {
      if (code.ordinal() != Alerts.colour(state.alerts, i++)) {
        return "alerts " + a.list;
      }
    }
    if (a.delivery.inFlight != Alerts.inFlight(state.alerts)) {
      return "alert in flight " + a.delivery.inFlight;
    }
    different = differs("failed deliveries", a.failedDeliveries, Alerts.failed(state.alerts));
    if (different == null) {
      int number = a.delivery.inFlight ? a.delivery.number : 0;
      different = differs("delivery number", number, state.codeNumber);
    }
    if (different == null) {
      long time = a.delivery.inFlight ? a.delivery.deadlineNanos : a.delivery.dueNanos;
      different = differs("delivery time", a.list.isEmpty() ? 0 : time, state.codeNanos);
    }
    return different == null ? differs("reminder", a.remindNanos, state.remindNanos) : different;
  }

  private static @Nullable String differs(String what, long expected, long found) {
    return expected == found ? null : what + " " + expected + " (found " + found + ")";
  }

  /// The oracle's state in words.
  static String describe(MonitorOracle m) {
    if (!m.inUse) {
      return "not in use";
    }
    StringBuilder text = new StringBuilder(128).append(m.phase);
    flag(text, m.paused, "paused");
    flag(text, m.warned, "warned");
    flag(text, m.incident, "incident");
    flag(text, m.verifying, "verifying");
    flag(text, m.unknown, "unknown");
    flag(text, m.alerts.alerted, "alerted");
    count(text, "failures", m.failures);
    count(text, "streak", m.streak);
    count(text, "expiries", m.expiries);
    count(text, "attempts", m.attempts);
    count(text, "verify-left", m.verifyLeft);
    text.append(m.pulse.describe("pulse")).append(m.intervention.describe("intervention"));
    if (m.phase == MonitorFields.Phase.INTERVENTION_DUE && !m.intervention.waiting) {
      text.append(" intervention due at ").append(m.intervention.dueNanos);
    }
    count(text, "settles-until", m.settlesUntilNanos);
    count(text, "reminds-at", m.alerts.remindNanos);
    return text.append(m.alerts.describe())
        .append(" next slot ")
        .append(m.nextSlotNanos)
        .toString();
  }

  private static void flag(StringBuilder text, boolean set, String name) {
    if (set) {
      text.append(' ').append(name);
    }
  }

  private static void count(StringBuilder text, String name, long count) {
    if (count != 0) {
      text.append(' ').append(name).append('=').append(count);
    }
  }
}
