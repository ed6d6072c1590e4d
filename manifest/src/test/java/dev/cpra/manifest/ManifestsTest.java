package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.kind.DockerTarget;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.IcmpConfig;
import dev.cpra.manifest.kind.LogConfig;
import dev.cpra.manifest.kind.PagerdutyConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.manifest.kind.StatusRange;
import dev.cpra.manifest.kind.TcpConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final LoadOptions OPTIONS =
      LoadOptions.defaults()
          .withVariables(Map.of("PAGERDUTY_KEY", "k-123", "PORT", "5432", "EMPTY", "")::get);

  private record LaterConfig() implements PulseConfig {
    @Override
    public String type() {
      return "later";
    }
  }

  /// A kind that nothing executes yet.
  private static final class LaterKind implements Kind<LaterConfig> {
    @Override
    public Section section() {
      return Section.PULSE;
    }

    @Override
    public String name() {
      return "later";
    }

    @Override
    public Shape shape() {
      return Shape.of("Nothing yet.");
    }

    @Override
    public LaterConfig read(Fields fields) {
      return new LaterConfig();
    }

    @Override
    public boolean available() {
      return false;
    }

    @Override
    public String unavailableReason() {
      return "nothing does it so far";
    }
  }

  @TempDir Path folder;

  private LoadResult load(String yaml) {
    return Manifests.load(TestFiles.write(folder, "m.yaml", yaml), OPTIONS);
  }

  private List<String> problems(String yaml) {
    return TestFiles.places(load(yaml).problems());
  }

  private MonitorSpec only(String yaml) {
    LoadResult result = load(yaml);
    assertThat(result.report()).isEmpty();
    assertThat(result.monitors()).hasSize(1);
    return result.monitors().get(0);
  }

  @Test
  void theExampleOfTheDesignIsReadInFull() {
    MonitorSpec monitor =
        only(
            """
            defaults: {interval: 30s, timeout: 5s}
            monitors:
              - name: web-1
                pulse_check: {type: http, interval: 5s, timeout: 2s, unhealthy_threshold: 3, healthy_threshold: 2,
                              config: {url: "http://127.0.0.1:18080/health", expect: {status: 200}}}
                intervention: {action: docker, max_failures: 2, verify: 3, target: {container: web-1, timeout: 10s}}
                codes:
                  yellow: {notify: log, config: {file: warn.log}}
                  red:    {notify: pagerduty, config: {url: "https://events.example.com/", routing_key: "${PAGERDUTY_KEY}"}}
            """);

    var alerts = new AlertRules(Code.mask(Code.YELLOW, Code.RED), 10 * SECOND, 5, 0);
    var repair = new InterventionRules(30 * SECOND, 2, 10 * SECOND, 3);
    var rules = new MonitorRules(5 * SECOND, 2 * SECOND, 3, 2, 10, repair, alerts);
    var http =
        new HttpConfig(
            "http://127.0.0.1:18080/health",
            "GET",
            List.of(),
            null,
            null,
            new HttpConfig.Expect(List.of(new StatusRange(200, 200)), null, null),
            false,
            false,
            65_536,
            true,
            0);
    assertThat(monitor)
        .isEqualTo(
            new MonitorSpec(
                "web-1",
                true,
                rules,
                http,
                new DockerTarget("web-1", 10 * SECOND, 0),
                Map.of(
                    Code.YELLOW,
                    new LogConfig("warn.log"),
                    Code.RED,
                    new PagerdutyConfig("https://events.example.com/", new Secret("k-123"))),
                0,
                Map.of(),
                Map.of(),
                List.of(),
                List.of()));
    assertThat(monitor.toString()).doesNotContain("k-123");
  }

  @Test
  void theOriginalsManifestsAreAccepted() {
    MonitorSpec monitor =
        only(
            """
            monitors:
              - name: "Ping gateway"
                enabled: true
                pulse_check:
                  type: icmp
                  interval: 1m30s
                  timeout: 500ms
                  max_failures: 3
                  groups: network
                  config:
                    host: 192.0.2.1
                    count: 3
                    retries: 2
                    ignore_privilege: true
                intervention:
                  action: docker
                  retries: 1
                  max_failures: 2
                  target: {container: gw, timeout: 20s}
                codes:
                  red: {notify: pagerduty, dispatch: true, config: {url: "https://events.example.com/x"}}
                  yellow: {notify: log, dispatch: false, groups: [ops, night], config: {file: y.log}}
                  green: {notify: slack, config: {hook: "https://hooks.example.com/T/B/x"}}
                  cyan: {notify: log, config: {file: c.log}}
                  gray: {notify: log, config: {file: g.log}}
                notify_groups: [ops]
            """);

    assertThat(monitor.rules().unhealthyThreshold()).isEqualTo(3);
    assertThat(monitor.rules().maxAttempts()).isEqualTo(2);
    assertThat(monitor.pulse()).isEqualTo(new IcmpConfig("192.0.2.1", 3, 2, true));
    assertThat(monitor.intervention()).isEqualTo(new DockerTarget("gw", 20 * SECOND, 1));
    assertThat(monitor.codes()).containsOnlyKeys(Code.values());
    assertThat(monitor.rules().alerts().codes()).isEqualTo(Code.ALL_MASK & ~Code.YELLOW.bit());
    assertThat(monitor.mutedCodes()).isEqualTo(Code.YELLOW.bit());
    assertThat(monitor.codeGroups()).isEqualTo(Map.of(Code.YELLOW, List.of("ops", "night")));
    assertThat(monitor.groups()).containsExactly("network");
    assertThat(monitor.notifyGroups()).containsExactly("ops");
  }

  @Test
  void kindsThatNothingExecutesAreRefusedWhenExecutionIsAsked() {
    Path file =
        TestFiles.write(
            folder,
            "m.yaml",
            """
            monitors:
              - {name: a, pulse_check: {type: later, interval: 1s, timeout: 1s, config: {}}}
            """);
    LoadOptions options = OPTIONS.withKinds(Kinds.of(List.of(new LaterKind())));

    assertThat(Manifests.load(file, options).ok()).isTrue();
    assertThat(
            TestFiles.places(Manifests.load(file, options.withRequireAvailable(true)).problems()))
        .containsExactly(
            "2:35: monitor `a`: `pulse_check.type`: not available yet: later; nothing does it so"
                + " far");
  }

  @Test
  void loadingManyGivesEachEqualToItsSource() {
    int count = 25_000;
    StringBuilder yaml = new StringBuilder("defaults: {timeout: 2s}\nmonitors:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("  - {name: m-")
          .append(i)
          .append(", pulse_check: {type: tcp, interval: ")
          .append(i % 300 + 1)
          .append("s, config: {host: h")
          .append(i % 7)
          .append(", port: ")
          .append(i % 65_535 + 1)
          .append("}}}\n");
    }

    List<MonitorSpec> monitors = load(yaml.toString()).monitors();

    assertThat(monitors).hasSize(count);
    for (int i = 0; i < count; i++) {
      MonitorRules rules = MonitorRules.of((i % 300 + 1) * SECOND, 2 * SECOND);
      assertThat(monitors.get(i))
          .isEqualTo(
              MonitorSpec.of("m-" + i, rules, TcpConfig.connect("h" + i % 7, i % 65_535 + 1)));
    }
    assertThat(monitors.get(300).rules()).isSameAs(monitors.get(0).rules());
  }

  @Test
  void defaultsLabelsAndGroupsReachTheMonitors() {
    MonitorSpec monitor =
        only(
            """
            labels: {team: core, site: a}
            groups: {web: {labels: {team: web}, notify_groups: [web-oncall]}, db: {}}
            defaults:
              interval: 30s
              timeout: 5s
              healthy_threshold: 4
              unhealthy_threshold: 5
              alerts: {timeout: 3s, retries: 2, remind: 1h}
              intervention: {timeout: 7s, calm: 20, retry_delay: 0s}
              notify_groups: ops
              codes:
                red: {notify: log, config: {file: r.log}}
                gray: {notify: log, config: {file: g.log}}
            monitors:
              - name: a
                labels: {site: b}
                pulse_check: {type: tcp, interval: 1s, groups: [web], config: {address: "[::1]:80"}}
                intervention: {action: webhook, target: {url: "http://127.0.0.1/"}}
                codes: {gray: {notify: log, dispatch: false, config: {file: other.log}}}
            """);

    assertThat(monitor.labels()).isEqualTo(Map.of("team", "web", "site", "b"));
    assertThat(monitor.notifyGroups()).containsExactly("ops", "web-oncall");
    assertThat(monitor.pulse()).isEqualTo(TcpConfig.connect("::1", 80));
    assertThat(monitor.codes().get(Code.GRAY)).isEqualTo(new LogConfig("other.log"));
    assertThat(monitor.rules())
        .isEqualTo(
            new MonitorRules(
                SECOND,
                5 * SECOND,
                5,
                4,
                20,
                new InterventionRules(7 * SECOND, 1, 0, 4),
                new AlertRules(Code.RED.bit(), 3 * SECOND, 2, 3600 * SECOND)));
  }

  @Test
  void variablesAreReplacedAndTheirValuesNeverShown() {
    MonitorSpec monitor =
        only(
            """
            monitors:
              - name: "x-$${PORT}-${EMPTY:-none}-${PORT}"
                pulse_check: {type: tcp, interval: 1s, timeout: "${UNSET:-2s}",
                              config: {host: h, port: "${PORT}"}}
            """);
    assertThat(monitor.name()).isEqualTo("x-${PORT}-none-5432");
    assertThat(monitor.pulse()).isEqualTo(TcpConfig.connect("h", 5432));

    assertThat(
            problems(
                """
                monitors:
                  - name: a
                    pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: "${PAGERDUTY_KEY}"}}
                    codes: {red: {notify: slack, config: {hook: "${PAGERDUTY_KEY}"}}}
                  - name: "b${"
                    pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: 1}}
                """))
        .hasSize(3)
        .noneMatch(problem -> problem.contains("k-123"))
        .anyMatch(problem -> problem.contains("found the string `${PAGERDUTY_KEY}`"));
  }

  @Test
  void literalSecretsAreNeverShown() {
    assertThat(
            problems(
                """
                monitors:
                  - name: a
                    pulse_check:
                      type: http
                      interval: 1s
                      timeout: 1s
                      config:
                        url: "http://user:hunter2@example.com/"
                        headers: ["Authorization hunter2", "X: a\\r\\nhunter2: b"]
                        auth: {user: u, password: [hunter2]}
                    codes: {red: {notify: slack, config: {hook: "hunter2"}}}
                """))
        .hasSize(5)
        .noneMatch(problem -> problem.contains("hunter2"));
  }

  @Test
  void triesBesideAndInsideAConfigMustAgree() {
    String check =
        "monitors:\n  - {name: a, pulse_check: {type: tcp, interval: 1s, timeout: 1s, retries: 2,"
            + " config: {host: h, port: 1%s}}}\n";
    assertThat(only(check.formatted("")).pulse().retries()).isEqualTo(2);
    assertThat(only(check.formatted(", retries: 2")).pulse().retries()).isEqualTo(2);
    assertThat(problems(check.formatted(", retries: 3")))
        .singleElement()
        .asString()
        .contains("given twice");
  }

  @Test
  void aliasesWorkWithinAMonitorAndFromDefaults() {
    LoadResult result =
        load(
            """
            defaults:
              interval: 1s
              timeout: 1s
              codes: &codes
                red: {notify: log, config: {file: r.log}}
            monitors:
              - name: a
                pulse_check: {type: tcp, config: {host: h, port: 1}}
                codes: {<<: *codes, yellow: &y {notify: log, config: {file: y.log}}, gray: *y}
            """);
    assertThat(result.report()).isEmpty();
    assertThat(result.monitors().get(0).codes().keySet())
        .containsExactlyInAnyOrder(Code.RED, Code.YELLOW, Code.GRAY);

    assertThat(
            problems(
                """
                monitors:
                  - {name: a, pulse_check: &p {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: 1}}}
                  - {name: b, pulse_check: *p}
                """))
        .singleElement()
        .asString()
        .startsWith("3:28: alias `*p`: no such anchor here");
  }

  @Test
  void aWrongMonitorStopsNothingFromBeingChecked() {
    assertThat(
            problems(
                """
                monitors:
                  - 5
                  - name: b
                    pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: 99999}}
                  -
                  - {name: c, pulse_check: {type: http, interval: 1s, config: {url: "ftp://x/", retries: -1}}}
                """))
        .hasSize(6);
  }

  @Test
  void whatStandsInTheWrongOrderIsNamed() {
    assertThat(
            problems(
                """
                monitors: []
                defaults: {interval: 1s}
                default: {}
                """))
        .containsExactly(
            "2:1: `defaults` stands behind `monitors`; move it before them",
            "3:1: unknown key `default`; did you mean `defaults`?");
  }

  @Test
  void groupsThatAreDeclaredMustBeKnown() {
    assertThat(
            problems(
                """
                groups: [web]
                monitors:
                  - {name: a, pulse_check: {type: tcp, interval: 1s, timeout: 1s, groups: wbe, config: {host: h, port: 1}}}
                """))
        .singleElement()
        .asString()
        .contains("unknown group `wbe`; did you mean `web`?");
  }

  @Test
  void nothingIsHandedOverOnceSomethingIsWrong() {
    Path file =
        TestFiles.write(
            folder,
            "m.yaml",
            """
            defaults: {interval: 1s, timeout: 1s}
            monitors:
              - {name: a, pulse_check: {type: tcp, config: {host: h, port: 1}}}
              - {name: a, pulse_check: {type: tcp, config: {host: h, port: 1}}}
              - {name: b, pulse_check: {type: tcp, config: {host: h, port: 1}}}
            """);
    List<String> seen = new ArrayList<>();

    Manifests.Reading reading = Manifests.read(file, OPTIONS, spec -> seen.add(spec.name()));

    assertThat(seen).containsExactly("a");
    assertThat(reading.monitors()).isEqualTo(3);
    assertThat(reading.ok()).isFalse();
  }
}
