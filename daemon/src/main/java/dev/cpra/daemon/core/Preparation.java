package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.PulseConfig;
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
/// known before anything changes. Equal ones are made once, up to a bound; those beyond it are made
/// to see that they can be served, and again for each job, see [MadeAnew]: they would weigh more
/// than all the rest of a large configuration. Used by one thread, for one configuration.
final class Preparation {
  /// Most probes, and most combinations of receivers, that are kept and shared.
  static final int KEPT_MAX = 1 << 16;

  private record Key(Object config, long timeoutNanos) {}

  private record ReceiversKey(
      Map<Code, NotifyConfig> codes, int muted, long timeoutNanos, boolean breaker) {}

  private final int keptMax;
  private final Kept<PulseConfig> pulses;
  private final Kept<InterventionConfig> repairs;
  private final Kept<NotifyConfig> deliveries;
  private final Kept<NotifyConfig> grays;
  private final Map<ReceiversKey, Watched.Receivers> sharedReceivers = new HashMap<>();

  /// Keeps as many as a daemon may.
  ///
  /// @param repairs what is done around each intervention
  /// @param deliveries what is done around each delivery
  Preparation(
      ProbeKinds kinds,
      JobContext context,
      UnaryOperator<Probe> repairs,
      UnaryOperator<Probe> deliveries) {
    this(kinds, context, repairs, deliveries, KEPT_MAX);
  }

  /// @param keptMax most probes of each lane that are kept
  Preparation(
      ProbeKinds kinds,
      JobContext context,
      UnaryOperator<Probe> repairs,
      UnaryOperator<Probe> deliveries,
      int keptMax) {
    this.keptMax = keptMax;
    this.pulses = new Kept<>(kinds::pulse, UnaryOperator.identity(), keptMax);
    this.repairs =
        new Kept<>(
            (config, timeout) -> kinds.intervention(config, timeout, context), repairs, keptMax);
    this.deliveries =
        new Kept<>(
            (config, timeout) -> kinds.notifier(config, timeout, context), deliveries, keptMax);
    this.grays =
        new Kept<>(
            (config, timeout) ->
                new Recoloured(kinds.notifier(config, timeout, context), Code.GRAY),
            deliveries,
            keptMax);
  }

  /// The monitor, ready to run.
  ///
  /// @throws IllegalArgumentException if it cannot be served; names it, holds no secret
  Watched prepare(MonitorSpec spec) {
    try {
      long timeout = spec.rules().timeoutNanos();
      Probe pulse = pulses.probe(spec.pulse(), timeout);
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
    return repairs.probe(config, timeout);
  }

  private Watched.Receivers deliveries(MonitorSpec spec) {
    long timeout = spec.rules().alerts().timeoutNanos();
    boolean breaker = BreakerMonitor.is(spec);
    var key = new ReceiversKey(spec.codes(), spec.mutedCodes(), timeout, breaker);
    Watched.Receivers known = sharedReceivers.get(key);
    if (known != null) {
      return known;
    }
    List<@Nullable Probe> byColour = new ArrayList<>();
    for (Code code : Code.values()) {
      NotifyConfig config = spec.notify(code);
      Kept<NotifyConfig> lane = breaker && code == Code.RED ? grays : deliveries;
      byColour.add(config == null ? null : lane.probe(config, timeout));
    }
    Watched.Receivers made = new Watched.Receivers(byColour);
    if (sharedReceivers.size() < keptMax) {
      sharedReceivers.put(key, made);
    }
    return made;
  }

  /// The probes of one lane.
  private static final class Kept<C> {
    private final MadeAnew.Maker<C> maker;
    private final UnaryOperator<Probe> around;
    private final int most;
    private final Map<Key, Probe> probes = new HashMap<>();

    Kept(MadeAnew.Maker<C> maker, UnaryOperator<Probe> around, int most) {
      this.maker = maker;
      this.around = around;
      this.most = most;
    }

    Probe probe(C config, long timeoutNanos) {
      Key key = new Key(config, timeoutNanos);
      Probe known = probes.get(key);
      if (known != null) {
        return known;
      }
      Probe made = maker.make(config, timeoutNanos);
      if (probes.size() >= most) {
        return around.apply(new MadeAnew<>(maker, config, timeoutNanos));
      }
      Probe kept = around.apply(made);
      probes.put(key, kept);
      return kept;
    }
  }
}
