package dev.cpra.daemon.reload;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// In what two monitors or policies differ, in the words of manifests. Figures are shown, the
/// configs of kinds are only named: they may hold secrets.
final class Difference {
  private final List<String> found = new ArrayList<>();

  private Difference() {}

  /// In what two monitors of the same name differ; empty if in nothing.
  static List<String> of(MonitorSpec before, MonitorSpec after) {
    Difference all = new Difference();
    all.check(before, after);
    all.intervention(before, after);
    all.alerts(before.rules().alerts(), after.rules().alerts());
    all.codes(before, after);
    all.named("labels", before.labels(), after.labels());
    all.named("pulse_check.groups", before.groups(), after.groups());
    all.named("notify_groups", before.notifyGroups(), after.notifyGroups());
    if (all.found.isEmpty() && !before.equals(after)) {
      all.found.add("other settings");
    }
    return List.copyOf(all.found);
  }

  /// In what two policies differ; empty if in nothing.
  static List<String> of(Policy before, Policy after) {
    Difference all = new Difference();
    if (!before.silences().equals(after.silences())) {
      all.found.add("silences, " + before.silences().size() + " -> " + after.silences().size());
    }
    if (!before.maintenance().equals(after.maintenance())) {
      all.found.add(
          "maintenance, " + before.maintenance().size() + " -> " + after.maintenance().size());
    }
    Safety was = before.safety();
    Safety is = after.safety();
    all.figure("safety.interventions.enabled", was.enabled(), is.enabled());
    all.figure("safety.interventions.dry_run", was.dryRun(), is.dryRun());
    all.named(
        "safety.interventions.budget",
        List.of(was.fleet(), was.eachGroup(), was.groups()),
        List.of(is.fleet(), is.eachGroup(), is.groups()));
    all.named("safety.interventions.breaker", was.breaker(), is.breaker());
    return List.copyOf(all.found);
  }

  private void check(MonitorSpec before, MonitorSpec after) {
    MonitorRules was = before.rules();
    MonitorRules is = after.rules();
    if (before.pulse().type().equals(after.pulse().type())) {
      named("pulse_check.config", before.pulse(), after.pulse());
    } else {
      figure("pulse_check.type", before.pulse().type(), after.pulse().type());
    }
    time("pulse_check.interval", was.intervalNanos(), is.intervalNanos());
    time("pulse_check.timeout", was.timeoutNanos(), is.timeoutNanos());
    figure("pulse_check.unhealthy_threshold", was.unhealthyThreshold(), is.unhealthyThreshold());
    figure("pulse_check.healthy_threshold", was.healthyThreshold(), is.healthyThreshold());
  }

  private void intervention(MonitorSpec before, MonitorSpec after) {
    InterventionConfig was = before.intervention();
    InterventionConfig is = after.intervention();
    if (was == null || is == null) {
      if (was != null || is != null) {
        found.add("intervention " + (was == null ? "added" : "removed"));
      }
      return;
    }
    if (was.type().equals(is.type())) {
      named("intervention.target", was, is);
    } else {
      figure("intervention.action", was.type(), is.type());
    }
    figure("intervention.calm", before.rules().calm(), after.rules().calm());
    InterventionRules had = before.rules().intervention();
    InterventionRules has = after.rules().intervention();
    if (had != null && has != null) {
      time("intervention.timeout", had.timeoutNanos(), has.timeoutNanos());
      figure("intervention.max_failures", had.maxAttempts(), has.maxAttempts());
      time("intervention.retry_delay", had.retryDelayNanos(), has.retryDelayNanos());
      figure("intervention.verify", had.verify(), has.verify());
    }
  }

  private void alerts(AlertRules was, AlertRules is) {
    time("alerts.timeout", was.timeoutNanos(), is.timeoutNanos());
    figure("alerts.retries", was.retries(), is.retries());
    time("alerts.remind", was.remindNanos(), is.remindNanos());
  }

  private void codes(MonitorSpec before, MonitorSpec after) {
    for (Code code : Code.values()) {
      String key = "codes." + code.name().toLowerCase(Locale.ROOT);
      NotifyConfig was = before.codes().get(code);
      NotifyConfig is = after.codes().get(code);
      boolean wasMuted = (before.mutedCodes() & code.bit()) != 0;
      boolean isMuted = (after.mutedCodes() & code.bit()) != 0;
      if (was == null || is == null) {
        if (was != null || is != null) {
          found.add(key + (was == null ? " added" : " removed"));
        }
      } else if (!was.type().equals(is.type())) {
        figure(key + ".notify", was.type(), is.type());
      } else {
        named(key + ".config", was, is);
        figure(key + ".dispatch", !wasMuted, !isMuted);
        named(key + ".groups", before.codeGroups().get(code), after.codeGroups().get(code));
      }
    }
  }

  private void time(String key, long was, long is) {
    if (was != is) {
      found.add(key + " " + Durations.format(was) + " -> " + Durations.format(is));
    }
  }

  private void figure(String key, Object was, Object is) {
    if (!was.equals(is)) {
      found.add(key + " " + was + " -> " + is);
    }
  }

  private void named(String key, @Nullable Object was, @Nullable Object is) {
    if (!Objects.equals(was, is)) {
      found.add(key);
    }
  }
}
