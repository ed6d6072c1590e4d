package dev.cpra.manifest.read;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.NotifyConfig;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes an engine's rules of sound fields, falling back to `defaults` and then to the shapes' own
/// defaults.
public final class RulesReader {
  private final Binder binder;

  /// Shares equal rules through this binder.
  public RulesReader(Binder binder) {
    this.binder = binder;
  }

  /// The rules of a monitor.
  ///
  /// @param check holds interval, timeout and thresholds
  /// @param repair the intervention, or null
  /// @param alerts the monitor's `alerts`, or null
  /// @param defaults of the file, or null
  /// @param codes mask of the colours that are sent
  public MonitorRules read(
      Fields check,
      @Nullable Fields repair,
      @Nullable Fields alerts,
      @Nullable Fields defaults,
      int codes) {
    int healthy = (int) number("healthy_threshold", check, defaults, 1);
    Fields repairDefaults = defaults == null ? null : defaults.nested("intervention");
    return binder.share(
        new MonitorRules(
            number("interval", check, defaults, 0),
            number("timeout", check, defaults, 0),
            (int) number("unhealthy_threshold", check, defaults, 1),
            healthy,
            (int) number("calm", repair, repairDefaults, MonitorRules.CALM_DEFAULT),
            repair == null ? null : intervention(repair, repairDefaults, healthy),
            alerts(alerts, defaults == null ? null : defaults.nested("alerts"), codes)));
  }

  private static InterventionRules intervention(
      Fields repair, @Nullable Fields defaults, int healthy) {
    return new InterventionRules(
        number("timeout", repair, defaults, MonitorShapes.INTERVENTION_TIMEOUT),
        (int) number("max_failures", repair, defaults, 1),
        number("retry_delay", repair, defaults, MonitorShapes.RETRY_DELAY),
        (int) number("verify", repair, defaults, healthy));
  }

  private static AlertRules alerts(@Nullable Fields own, @Nullable Fields defaults, int codes) {
    return new AlertRules(
        codes,
        number("timeout", own, defaults, MonitorShapes.ALERT_TIMEOUT),
        (int) number("retries", own, defaults, MonitorShapes.ALERT_RETRIES),
        number("remind", own, defaults, 0));
  }

  private static long number(
      String key, @Nullable Fields own, @Nullable Fields defaults, long otherwise) {
    if (own != null && own.has(key)) {
      return own.get(key, Long.class);
    }
    if (defaults != null && defaults.has(key)) {
      return defaults.get(key, Long.class);
    }
    return otherwise;
  }

  /// The colours of a monitor: its own, and those of `defaults` that it does not name.
  ///
  /// @param configs where their alerts go, without those that have no config
  /// @param muted mask of those with `dispatch: false`
  /// @param named mask of all that are configured
  /// @param groups of those that name any
  public record Codes(
      Map<Code, NotifyConfig> configs, int muted, int named, Map<Code, List<String>> groups) {
    static final Codes NONE = new Codes(Map.of(), 0, 0, Map.of());

    /// Mask of the colours that are sent.
    public int sent() {
      return named & ~muted;
    }
  }

  /// Reads the colours.
  public Codes codes(@Nullable Fields own, @Nullable Fields defaults) {
    if (own == null && defaults == null) {
      return Codes.NONE;
    }
    Map<Code, NotifyConfig> configs = new EnumMap<>(Code.class);
    Map<Code, List<String>> groups = new EnumMap<>(Code.class);
    int muted = 0;
    int named = 0;
    for (Code code : Code.values()) {
      String key = MonitorShapes.key(code);
      Fields fields = own == null ? null : own.nested(key);
      if (fields == null && defaults != null) {
        fields = defaults.nested(key);
      }
      if (fields == null) {
        continue;
      }
      named |= code.bit();
      if (fields.get("config") instanceof NotifyConfig config) {
        configs.put(code, config);
      }
      if (!fields.flag("dispatch")) {
        muted |= code.bit();
      }
      if (fields.has("groups")) {
        groups.put(code, fields.texts("groups"));
      }
    }
    return new Codes(
        configs.isEmpty() ? Map.of() : binder.share(Collections.unmodifiableMap(configs)),
        muted,
        named,
        groups.isEmpty() ? Map.of() : binder.share(Collections.unmodifiableMap(groups)));
  }
}
