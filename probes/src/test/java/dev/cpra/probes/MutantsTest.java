package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cpra.engine.Code;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Kinds;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.kind.AlertmanagerConfig;
import dev.cpra.manifest.kind.DnsConfig;
import dev.cpra.manifest.kind.DockerConfig;
import dev.cpra.manifest.kind.DockerTarget;
import dev.cpra.manifest.kind.EmailConfig;
import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.LogConfig;
import dev.cpra.manifest.kind.PagerdutyConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.manifest.kind.SlackConfig;
import dev.cpra.manifest.kind.SystemdConfig;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.kind.TlsConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import io.netty.pkitesting.CertificateBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// M24, put back: a check that always succeeds, one that always fails, a sender that always errors.
/// Every kind that a manifest may execute is asked of something that is up and of something that is
/// down, and must tell them apart.
final class MutantsTest {
  private static final long TIMEOUT = Checks.AMPLE.toNanos();
  private static final ProbeKinds KINDS = ProbeKinds.standard();

  private static final JobContext CONTEXT =
      new JobContext() {
        @Override
        public String monitor(int handle) {
          return "m";
        }

        @Override
        public String reason(int handle, Code code) {
          return "r";
        }

        @Override
        public Instant time(int handle, Code code) {
          return Instant.EPOCH;
        }
      };

  /// The same kind, asked of something up and of something down.
  private record Pair(Probe up, Probe down) {}

  private static ProbeLoops loops;

  @TempDir Path folder;

  private ScriptedServer tlsServer;
  private DnsServer dnsServer;
  private UnixServer unixServer;
  private MailServer mailServer;

  @BeforeEach
  void serve() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new CertificateBuilder()
            .subject("CN=localhost")
            .notAfter(Instant.now().plus(Duration.ofDays(20)))
            .setIsCertificateAuthority(true)
            .buildSelfSigned()
            .toKeyManagerFactory()
            .getKeyManagers(),
        null,
        null);
    tlsServer = ScriptedServer.tls(context, ScriptedServer.Connection::hang);
    dnsServer =
        DnsServer.start((query, _, _) ->
            DnsServer.Answer.to(query).add(1, (byte) 127, (byte) 0, (byte) 0, (byte) 1).bytes());
    mailServer = MailServer.plain();
    unixServer =
        UnixServer.start(
            folder.resolve("d.sock"),
            ScriptedServer.response(200, "{\"State\":{\"Running\":true}}"));
  }

  @AfterEach
  void stop() {
    tlsServer.close();
    dnsServer.close();
    unixServer.close();
    mailServer.close();
  }

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static WebhookConfig webhook(String url) {
    return WebhookConfig.post(url);
  }

  private Map<String, Pair> pairs(ScriptedServer up, ScriptedServer down) {
    Map<String, Pair> pairs = new TreeMap<>();
    pairs.put(
        "check http",
        new Pair(
            KINDS.pulse(HttpConfig.get(up.url("/")), TIMEOUT),
            KINDS.pulse(HttpConfig.get(down.url("/")), TIMEOUT)));
    pairs.put(
        "check tcp",
        new Pair(
            KINDS.pulse(TcpConfig.connect("127.0.0.1", up.port()), TIMEOUT),
            KINDS.pulse(TcpConfig.connect("127.0.0.1", down.port()), TIMEOUT)));
    pairs.put("check tls", tls(down));
    pairs.put("check dns", dns(down));
    pairs.put("check docker", docker());
    pairs.put(
        "check exec",
        new Pair(
            KINDS.pulse(ExecConfig.of("/bin/sh", "-c", "exit 0"), TIMEOUT),
            KINDS.pulse(ExecConfig.of("/bin/sh", "-c", "exit 2"), TIMEOUT)));
    pairs.put("check heartbeat", heartbeat());
    pairs.put(
        "intervention webhook",
        new Pair(
            KINDS.intervention(webhook(up.url("/")), TIMEOUT, CONTEXT),
            KINDS.intervention(webhook(down.url("/")), TIMEOUT, CONTEXT)));
    acts(pairs, up.url("/"), down.url("/"));
    pairs.put(
        "code webhook",
        new Pair(
            KINDS.notifier(webhook(up.url("/")), TIMEOUT, CONTEXT),
            KINDS.notifier(webhook(down.url("/")), TIMEOUT, CONTEXT)));
    pairs.put(
        "code log",
        new Pair(
            KINDS.notifier(new LogConfig(folder.resolve("a.log").toString()), TIMEOUT, CONTEXT),
            KINDS.notifier(new LogConfig(folder.toString()), TIMEOUT, CONTEXT)));
    return pairs;
  }

  private void acts(Map<String, Pair> pairs, String up, String down) {
    pairs.put(
        "intervention docker",
        new Pair(
            repair(new DockerTarget("c", "restart", unixServer.path(), 1, 0)),
            repair(new DockerTarget("c", "restart", folder.resolve("none").toString(), 1, 0))));
    pairs.put(
        "intervention systemd",
        new Pair(
            repair(new SystemdConfig("u", "restart", "/bin/true", false, 0)),
            repair(new SystemdConfig("u", "restart", "/bin/false", false, 0))));
    pairs.put(
        "intervention exec",
        new Pair(repair(ExecConfig.of("/bin/true")), repair(ExecConfig.of("/bin/false"))));
    pairs.put(
        "code slack",
        new Pair(tell(new SlackConfig(new Secret(up))), tell(new SlackConfig(new Secret(down)))));
    Secret key = new Secret("k");
    pairs.put(
        "code pagerduty",
        new Pair(tell(new PagerdutyConfig(up, key)), tell(new PagerdutyConfig(down, key))));
    pairs.put("code email", new Pair(tell(email("b")), tell(email("gone"))));
    pairs.put("code alertmanager", new Pair(tell(alertmanager(up)), tell(alertmanager(down))));
  }

  private static AlertmanagerConfig alertmanager(String url) {
    return new AlertmanagerConfig(url, List.of(), Map.of(), 1, null);
  }

  private EmailConfig email(String to) {
    return new EmailConfig(
        "127.0.0.1",
        mailServer.port(),
        EmailConfig.Security.NONE,
        true,
        null,
        new Secret(""),
        "a@example.org",
        List.of(to + "@example.org"),
        null,
        null);
  }

  private static Probe repair(InterventionConfig config) {
    return KINDS.intervention(config, TIMEOUT, CONTEXT);
  }

  private static Probe tell(NotifyConfig config) {
    return KINDS.notifier(config, TIMEOUT, CONTEXT);
  }

  private Pair tls(ScriptedServer down) {
    return new Pair(
        KINDS.pulse(new TlsConfig("127.0.0.1", tlsServer.port(), false, 1, 0), TIMEOUT),
        KINDS.pulse(new TlsConfig("127.0.0.1", down.port(), false, 1, 0), TIMEOUT));
  }

  private Pair dns(ScriptedServer down) {
    return new Pair(
        KINDS.pulse(dns(dnsServer.port()), TIMEOUT), KINDS.pulse(dns(down.port()), TIMEOUT));
  }

  private static DnsConfig dns(int port) {
    return new DnsConfig("x.org", "A", "127.0.0.1", port, false, DnsConfig.Expect.DEFAULT, 0);
  }

  private Pair docker() {
    return new Pair(
        KINDS.pulse(new DockerConfig("c", unixServer.path(), false, true, 0), TIMEOUT),
        KINDS.pulse(
            new DockerConfig("c", folder.resolve("none").toString(), false, true, 0), TIMEOUT));
  }

  private static Pair heartbeat() {
    AtomicLong now = new AtomicLong();
    Heartbeats heartbeats = new Heartbeats(now::get);
    ProbeKinds kinds = ProbeKinds.standard(heartbeats);
    Secret heard = new Secret("nobody-guesses-this");
    Secret silent = new Secret("another-token-of-it");
    Pair pair =
        new Pair(
            kinds.pulse(new HeartbeatConfig(heard, 1), TIMEOUT),
            kinds.pulse(new HeartbeatConfig(silent, 1), TIMEOUT));
    pair.up().attach();
    pair.down().attach();
    now.set(10);
    assertThat(heartbeats.beat(heard.value())).isTrue();
    return pair;
  }

  private static void tellsThemApart(Pair pair) {
    CheckResult up = Checks.run(loops, pair.up());
    CheckResult down = Checks.run(loops, pair.down());
    assertThat(up.ok()).as("up: %s", up).isTrue();
    assertThat(down.ok()).as("down: %s", down).isFalse();
    assertThat(down.reason()).isNotEqualTo(Reason.EXCEPTION);
  }

  /// A probe that runs and then says what it likes.
  private static Probe lying(Probe probe, UnaryOperator<Reason> lie) {
    return new Probe() {
      @Override
      public long timeoutNanos() {
        return probe.timeoutNanos();
      }

      @Override
      public ProbeRun newRun() {
        return new ProbeRun() {
          @Override
          protected void start() {
            var _ =
                loops.run(probe, 0, 0).thenAccept(result -> end(lie.apply(result.reason()), ""));
          }

          @Override
          protected Reason timeoutReason() {
            return Reason.TIMEOUT;
          }

          @Override
          protected void release() {}
        };
      }
    };
  }

  private static Pair lying(Pair pair, UnaryOperator<Reason> lie) {
    return new Pair(lying(pair.up(), lie), lying(pair.down(), lie));
  }

  @Test
  void checksThatAlwaysSucceedOrFailAndSendersThatAlwaysError() { // M24
    ScriptedServer down = ScriptedServer.start(ScriptedServer.answer(""));
    down.close();
    try (ScriptedServer up =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "")))) {
      pairs(up, down)
          .forEach((kind, pair) -> {
            assertThatCode(() -> tellsThemApart(pair)).as(kind).doesNotThrowAnyException();
            assertThat(catchThrowable(() -> tellsThemApart(lying(pair, _ -> Reason.OK))))
                .as("%s that always succeeds", kind)
                .isNotNull();
            assertThat(catchThrowable(() -> tellsThemApart(lying(pair, _ -> Reason.REFUSED))))
                .as("%s that always fails", kind)
                .isNotNull();
          });
    }
  }

  @Test
  void everyKindThatAManifestMayExecuteIsAmongThese() { // M24, for kinds to come
    List<String> available = new ArrayList<>();
    for (Section section : Section.values()) {
      for (Kind<?> kind : Kinds.onClassPath().all(section)) {
        if (kind.available()) {
          available.add(section.noun() + " " + kind.name());
        }
      }
    }
    // Needs a network namespace of its own: IcmpProbeTest.
    available.remove("check icmp");
    try (ScriptedServer any = ScriptedServer.start(ScriptedServer.answer(""))) {
      assertThat(pairs(any, any).keySet()).containsExactlyInAnyOrderElementsOf(available);
    }
  }
}
