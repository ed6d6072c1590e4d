package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import dev.cpra.probes.Heartbeats;
import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.ProbeRun;
import dev.cpra.probes.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PreparationTest {
  private static final long SECOND = 1_000_000_000;

  private final List<Integer> made = new ArrayList<>();
  private final ProbeKinds kinds =
      new ProbeKinds()
          .pulse(TcpConfig.class, this::make)
          .notifier(WebhookConfig.class, (_, timeout, _) -> probe(timeout));
  private final Preparation preparation =
      new Preparation(
          kinds, new Troubles(new MonitorTable(1), () -> 0), probe -> probe, Wrapped::new, 2);

  private record Wrapped(Probe probe) implements Probe {
    @Override
    public long timeoutNanos() {
      return probe.timeoutNanos() + SECOND;
    }

    @Override
    public ProbeRun newRun() {
      return probe.newRun();
    }
  }

  private Probe make(TcpConfig config, long timeoutNanos) {
    if (config.port() == 13) {
      throw new IllegalArgumentException("no port of ours");
    }
    made.add(config.port());
    return probe(timeoutNanos);
  }

  private static Probe probe(long timeoutNanos) {
    return new Rehearsal(0, 1, 1, 1).kinds().pulse(TcpConfig.connect("127.0.0.1", 1), timeoutNanos);
  }

  private static MonitorSpec spec(int port) {
    return MonitorSpec.of(
        "m" + port, MonitorRules.of(10 * SECOND, SECOND), TcpConfig.connect("127.0.0.1", port));
  }

  private Probe pulse(int port) {
    return Objects.requireNonNull(preparation.prepare(spec(port)).probe(Lane.PULSE, 0));
  }

  @Test
  void equalChecksShareOneProbe() {
    assertThat(pulse(1)).isSameAs(pulse(1));
    assertThat(made).containsExactly(1);
  }

  /// Kills a preparation that keeps a probe per monitor, whatever their number.
  @Test
  void beyondTheBoundAProbeIsMadeForEachJob() {
    Probe kept = pulse(1);
    pulse(2);
    Probe anew = pulse(3);
    assertThat(made).containsExactly(1, 2, 3);
    assertThat(anew.timeoutNanos()).isEqualTo(SECOND);
    var _ = kept.newRun();
    assertThat(made).hasSize(3);
    var _ = anew.newRun();
    var _ = anew.newRun();
    assertThat(made).containsExactly(1, 2, 3, 3, 3);
    assertThat(pulse(1)).isSameAs(kept);
  }

  /// Kills a job whose calls are refused because its monitor is one of very many.
  @Test
  void aHeartbeatBeyondTheBoundIsHeardToo() {
    Heartbeats heartbeats = new Heartbeats(() -> 0);
    Preparation none =
        new Preparation(
            ProbeKinds.standard(heartbeats),
            new Troubles(new MonitorTable(1), () -> 0),
            probe -> probe,
            probe -> probe,
            0);
    HeartbeatConfig waits = new HeartbeatConfig(new Secret("nobody-guesses-this"), SECOND);
    Watched monitor =
        none.prepare(MonitorSpec.of("job", MonitorRules.of(10 * SECOND, SECOND), waits));
    assertThat(monitor.pulse()).isInstanceOf(MadeAnew.class);
    assertThat(heartbeats.beat("nobody-guesses-this")).isFalse();
    monitor.pulse().attach();
    assertThat(heartbeats.beat("nobody-guesses-this")).isTrue();
  }

  /// Kills one that looks at those beyond the bound only when they are due.
  @Test
  void whatCannotBeServedIsRefusedBeyondTheBoundToo() {
    pulse(1);
    pulse(2);
    assertThatThrownBy(() -> pulse(13))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("monitor m13: no port of ours");
  }

  @Test
  void whatIsDoneAroundADeliveryIsDoneBeyondTheBoundToo() {
    Watched last = null;
    for (int i = 0; i < 4; i++) {
      var hook = WebhookConfig.post("http://127.0.0.1:1/" + i);
      last = preparation.prepare(spec(1).withCodes(Map.of(Code.RED, hook)));
    }
    Probe probe = Objects.requireNonNull(last).probe(Lane.CODE, Code.RED.ordinal());
    assertThat(probe).isInstanceOf(Wrapped.class);
    assertThat(((Wrapped) Objects.requireNonNull(probe)).probe()).isInstanceOf(MadeAnew.class);
  }
}
