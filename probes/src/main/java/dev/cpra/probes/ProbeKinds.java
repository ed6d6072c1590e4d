package dev.cpra.probes;

import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.PulseConfig;
import dev.cpra.manifest.kind.AlertmanagerConfig;
import dev.cpra.manifest.kind.DnsConfig;
import dev.cpra.manifest.kind.DockerConfig;
import dev.cpra.manifest.kind.DockerTarget;
import dev.cpra.manifest.kind.EmailConfig;
import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.IcmpConfig;
import dev.cpra.manifest.kind.LogConfig;
import dev.cpra.manifest.kind.PagerdutyConfig;
import dev.cpra.manifest.kind.SlackConfig;
import dev.cpra.manifest.kind.SystemdConfig;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.kind.TlsConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which implementation serves which configuration. A new kind is its class and one line in
/// [#standard]. Immutable once built; registration happens before it is shared.
public final class ProbeKinds {

  /// Prepares a check.
  @FunctionalInterface
  public interface PulseFactory<C extends PulseConfig> {
    /// A probe for this configuration.
    ///
    /// @throws IllegalArgumentException if the configuration cannot be served; the message holds no
    ///   secret
    Probe prepare(C config, long timeoutNanos);
  }

  /// Prepares a repair or a delivery.
  @FunctionalInterface
  public interface ContextFactory<C> {
    /// A probe for this configuration.
    ///
    /// @throws IllegalArgumentException if the configuration cannot be served; the message holds no
    ///   secret
    Probe prepare(C config, long timeoutNanos, JobContext context);
  }

  private final Map<Class<?>, PulseFactory<PulseConfig>> pulses = new HashMap<>();
  private final Map<Class<?>, ContextFactory<Object>> interventions = new HashMap<>();
  private final Map<Class<?>, ContextFactory<Object>> notifiers = new HashMap<>();
  private final @Nullable Rehearsal rehearsal;

  /// Nothing registered.
  public ProbeKinds() {
    this(null);
  }

  private ProbeKinds(@Nullable Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /// Any configuration, answered by a script unless something is registered for it.
  static ProbeKinds rehearsed(Rehearsal script) {
    return new ProbeKinds(script);
  }

  /// All kinds that exist, with heartbeats that nobody is told of: for single checks and loads.
  public static ProbeKinds standard() {
    return standard(new Heartbeats(System::nanoTime));
  }

  /// All kinds that exist.
  ///
  /// @param heartbeats told by whoever listens for them
  public static ProbeKinds standard(Heartbeats heartbeats) {
    return new ProbeKinds()
        .pulse(HttpConfig.class, HttpProbe::check)
        .pulse(TcpConfig.class, TcpProbe::new)
        .pulse(TlsConfig.class, TcpProbe::tls)
        .pulse(IcmpConfig.class, IcmpProbe::new)
        .pulse(DnsConfig.class, DnsProbe::new)
        .pulse(DockerConfig.class, HttpProbe::container)
        .pulse(ExecConfig.class, ExecProbe::new)
        .pulse(HeartbeatConfig.class, heartbeats::probe)
        .intervention(
            WebhookConfig.class,
            (config, timeout, context) ->
                HttpProbe.webhook(config, Bodies.intervention(config.body(), context), timeout))
        .notifier(
            WebhookConfig.class,
            (config, timeout, context) ->
                HttpProbe.webhook(config, Bodies.alert(config.body(), context), timeout))
        .intervention(
            DockerTarget.class, (config, timeout, _) -> HttpProbe.operate(config, timeout))
        .intervention(
            SystemdConfig.class, (config, timeout, _) -> ExecProbe.systemd(config, timeout))
        .intervention(ExecConfig.class, ExecProbe::new)
        .notifier(SlackConfig.class, Senders::slack)
        .notifier(PagerdutyConfig.class, Senders::pagerduty)
        .notifier(AlertmanagerConfig.class, Senders::alertmanager)
        .notifier(EmailConfig.class, EmailNotifier::new)
        .notifier(
            LogConfig.class,
            (config, timeout, context) -> new LogNotifier(config, context, timeout));
  }

  /// Registers a kind of check.
  public <C extends PulseConfig> ProbeKinds pulse(Class<C> type, PulseFactory<C> factory) {
    pulses.put(type, (config, timeout) -> factory.prepare(type.cast(config), timeout));
    return this;
  }

  /// Registers a kind of intervention.
  public <C extends InterventionConfig> ProbeKinds intervention(
      Class<C> type, ContextFactory<C> factory) {
    interventions.put(
        type, (config, timeout, context) -> factory.prepare(type.cast(config), timeout, context));
    return this;
  }

  /// Registers a kind of notifier.
  public <C extends NotifyConfig> ProbeKinds notifier(Class<C> type, ContextFactory<C> factory) {
    notifiers.put(
        type, (config, timeout, context) -> factory.prepare(type.cast(config), timeout, context));
    return this;
  }

  /// A check. Equal configurations and timeouts may share one.
  ///
  /// @throws IllegalArgumentException if the kind is unknown or the configuration cannot be served
  public Probe pulse(PulseConfig config, long timeoutNanos) {
    if (rehearsal != null && !pulses.containsKey(config.getClass())) {
      return rehearsal.check(timeoutNanos);
    }
    return known(pulses, config, "check", config.type()).prepare(config, timeoutNanos);
  }

  /// A repair.
  ///
  /// @throws IllegalArgumentException if the kind is unknown or the configuration cannot be served
  public Probe intervention(InterventionConfig config, long timeoutNanos, JobContext context) {
    if (rehearsal != null && !interventions.containsKey(config.getClass())) {
      return rehearsal.act(timeoutNanos);
    }
    return known(interventions, config, "intervention", config.type())
        .prepare(config, timeoutNanos, context);
  }

  /// A delivery of alerts.
  ///
  /// @throws IllegalArgumentException if the kind is unknown or the configuration cannot be served
  public Probe notifier(NotifyConfig config, long timeoutNanos, JobContext context) {
    if (rehearsal != null && !notifiers.containsKey(config.getClass())) {
      return rehearsal.act(timeoutNanos);
    }
    return known(notifiers, config, "notifier", config.type())
        .prepare(config, timeoutNanos, context);
  }

  private static <F> F known(Map<Class<?>, F> kinds, Object config, String what, String type) {
    F factory = kinds.get(config.getClass());
    if (factory == null) {
      throw new IllegalArgumentException(
          "no "
              + what
              + " is implemented for `"
              + type
              + "` yet; found are the types "
              + kinds.keySet().stream().map(Class::getSimpleName).sorted().toList());
    }
    return factory;
  }
}
