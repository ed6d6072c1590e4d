package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.probes.JobContext;
import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.Recoloured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes the probes of monitors before they run, so that a configuration that cannot be served is
/// known before anything changes. Equal ones are made once. Used by one thread, for one
/// configuration.
final class Preparation {
  private final ProbeKinds kinds;
  private final JobContext context;
  private final UnaryOperator<Probe> repairs;
  private final UnaryOperator<Probe> deliveries;
  private final Map<List<Object>, Probe> shared = new HashMap<>();
  private final Map<List<Object>, Watched.Receivers> sharedReceivers = new HashMap<>();

  /// @param repairs what is done around each intervention
  /// @param deliveries what is done around each delivery
  Preparation(
      ProbeKinds kinds,
      JobContext context,
      UnaryOperator<Probe> repairs,
      UnaryOperator<Probe> deliveries) {
    this.kinds = kinds;
    this.context = context;
    this.repairs = repairs;
    this.deliveries = deliveries;
  }

  /// The monitor, ready to run.
  ///
  /// @throws IllegalArgumentException if it cannot be served; names it, holds no secret
  Watched prepare(MonitorSpec spec) {
    try {
      long timeout = spec.rules().timeoutNanos();
      Probe pulse =
          shared.computeIfAbsent(
              List.of(spec.pulse(), timeout), _ -> kinds.pulse(spec.pulse(), timeout));
      return new Watched(spec, pulse, repair(spec), deliveries(spec));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("monitor " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  private @Nullable Probe repair(MonitorSpec spec) {
    InterventionConfig config = spec.intervention();
    InterventionRules rules = spec.rules().intervention();
    if (config == null || rules == null) {
      return null;
    }
    long timeout = rules.timeoutNanos();
    return shared.computeIfAbsent(
        List.of(config, timeout), _ -> repairs.apply(kinds.intervention(config, timeout, context)));
  }

  private Watched.Receivers deliveries(MonitorSpec spec) {
    long timeout = spec.rules().alerts().timeoutNanos();
    boolean breaker = BreakerMonitor.is(spec);
    return sharedReceivers.computeIfAbsent(
        List.of(spec.codes(), spec.mutedCodes(), timeout, breaker),
        _ -> {
          List<@Nullable Probe> byColour = new ArrayList<>();
          for (Code code : Code.values()) {
            NotifyConfig config = spec.notify(code);
            boolean gray = breaker && code == Code.RED;
            byColour.add(
                config == null
                    ? null
                    : gray ? grayDelivery(config, timeout) : delivery(config, timeout));
          }
          return new Watched.Receivers(byColour);
        });
  }

  private Probe grayDelivery(NotifyConfig config, long timeout) {
    return shared.computeIfAbsent(
        List.of(config, timeout, Code.GRAY),
        _ -> deliveries.apply(new Recoloured(kinds.notifier(config, timeout, context), Code.GRAY)));
  }

  private Probe delivery(NotifyConfig config, long timeout) {
    return shared.computeIfAbsent(
        List.of(config, timeout), _ -> deliveries.apply(kinds.notifier(config, timeout, context)));
  }
}
