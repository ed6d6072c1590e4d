package dev.cpra.daemon.core;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.PulseConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The daemon's own monitor, which is down while interventions are frozen, so that people are told
/// when that begins and when it is over. It lives in the engine as every other one does: its alert
/// is on disk before it is sent, is tried again, and is taken back.
///
/// Down means an open incident, so in the engine its alert is a red; what is sent is a gray. It is
/// told where the grays of most monitors are told; where no monitor has a gray there is none.
final class BreakerMonitor {
  /// What its green says: what failed is in the gray.
  static final String OVER = "interventions go on";

  /// Its name, unless a monitor of the manifest has it.
  static final String NAME = "cpra-breaker";

  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final long TIMEOUT_NANOS = 5_000_000_000L;

  /// Its check: whether the breaker is closed.
  record Check() implements PulseConfig {
    @Override
    public String type() {
      return "breaker";
    }
  }

  /// Where alerts go and how stubbornly.
  private record Told(
      NotifyConfig gray, @Nullable NotifyConfig green, long timeoutNanos, int retries) {}

  private BreakerMonitor() {}

  /// Whether it is this one.
  static boolean is(MonitorSpec spec) {
    return spec.pulse() instanceof Check;
  }

  /// These monitors, and this one behind them if there is somebody to tell.
  static List<MonitorSpec> behind(List<MonitorSpec> monitors) {
    Told told = mostTold(monitors);
    if (told == null) {
      return monitors;
    }
    Map<Code, NotifyConfig> codes = new HashMap<>();
    codes.put(Code.RED, told.gray());
    if (told.green() != null) {
      codes.put(Code.GREEN, told.green());
    }
    MonitorRules rules =
        MonitorRules.of(INTERVAL_NANOS, TIMEOUT_NANOS)
            .withAlerts(new AlertRules(0, told.timeoutNanos(), told.retries(), 0));
    List<MonitorSpec> all = new ArrayList<>(monitors);
    all.add(MonitorSpec.of(freeName(monitors), rules, new Check()).withCodes(codes));
    return all;
  }

  private static @Nullable Told mostTold(List<MonitorSpec> monitors) {
    Map<Told, Integer> counts = new LinkedHashMap<>();
    for (MonitorSpec spec : monitors) {
      NotifyConfig gray = spec.notify(Code.GRAY);
      if (spec.enabled() && gray != null) {
        AlertRules alerts = spec.rules().alerts();
        Told told =
            new Told(gray, spec.notify(Code.GREEN), alerts.timeoutNanos(), alerts.retries());
        counts.merge(told, 1, Integer::sum);
      }
    }
    Told most = null;
    int count = 0;
    for (Map.Entry<Told, Integer> one : counts.entrySet()) {
      if (one.getValue() > count) {
        most = one.getKey();
        count = one.getValue();
      }
    }
    return most;
  }

  private static String freeName(List<MonitorSpec> monitors) {
    Set<String> taken = new HashSet<>();
    for (MonitorSpec spec : monitors) {
      if (spec.name().startsWith(NAME)) {
        taken.add(spec.name());
      }
    }
    String name = NAME;
    for (int i = 2; taken.contains(name); i++) {
      name = NAME + "-" + i;
    }
    return name;
  }
}
