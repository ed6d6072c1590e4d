package dev.cpra.manifest;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One monitor as its manifest describes it. Immutable; a loader shares equal rules, configs, maps
/// and lists between monitors, so a million of them need little more than their names and targets.
///
/// @param name unique within the manifest, 1 to 256 characters
/// @param enabled a disabled monitor is loaded and checked for errors but never runs
/// @param rules what an engine knows; its alert mask holds the colours that are configured and not
///   muted
/// @param pulse how the target is checked
/// @param intervention how the target is repaired, null exactly when the rules have none
/// @param codes where the alerts of each configured colour go, muted ones included
/// @param mutedCodes mask of the colours with `dispatch: false` ([Code#bit()]): configured, never
///   sent
/// @param codeGroups the `groups` of those colours that name any
/// @param labels the manifest's and the monitor's own
/// @param groups what the monitor belongs to (`groups` of its `pulse_check`)
/// @param notifyGroups who is told beside the colours' own groups
public record MonitorSpec(
    String name,
    boolean enabled,
    MonitorRules rules,
    PulseConfig pulse,
    @Nullable InterventionConfig intervention,
    Map<Code, NotifyConfig> codes,
    int mutedCodes,
    Map<Code, List<String>> codeGroups,
    Map<String, String> labels,
    List<String> groups,
    List<String> notifyGroups) {

  /// Longest name, in characters.
  public static final int NAME_LENGTH_MAX = 256;

  /// An enabled monitor without intervention, codes, labels or groups.
  public static MonitorSpec of(String name, MonitorRules rules, PulseConfig pulse) {
    return new MonitorSpec(
        name, true, rules, pulse, null, Map.of(), 0, Map.of(), Map.of(), List.of(), List.of());
  }

  /// Where alerts of this colour go, or null when it is not configured or muted.
  public @Nullable NotifyConfig notify(Code code) {
    return (mutedCodes & code.bit()) != 0 ? null : codes.get(code);
  }

  /// This monitor with another intervention, or none. The rules are the caller's business.
  public MonitorSpec withIntervention(MonitorRules withRules, @Nullable InterventionConfig repair) {
    return new MonitorSpec(
        name,
        enabled,
        withRules,
        pulse,
        repair,
        codes,
        mutedCodes,
        codeGroups,
        labels,
        groups,
        notifyGroups);
  }

  /// This monitor with other codes; the alert mask of its rules follows.
  public MonitorSpec withCodes(Map<Code, NotifyConfig> others) {
    int mask = 0;
    for (Code code : others.keySet()) {
      mask |= code.bit();
    }
    var alerts = rules.alerts();
    var masked =
        new AlertRules(
            mask & ~mutedCodes, alerts.timeoutNanos(), alerts.retries(), alerts.remindNanos());
    return new MonitorSpec(
        name,
        enabled,
        rules.withAlerts(masked),
        pulse,
        intervention,
        Map.copyOf(others),
        mutedCodes,
        codeGroups,
        labels,
        groups,
        notifyGroups);
  }
}
