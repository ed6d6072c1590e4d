package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.core.Changes;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.manifest.MonitorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTest {
  private static final String HEAD = "defaults: {interval: 30s, timeout: 5s}\nmonitors:\n";

  private static final String FULL =
      """
      labels: {env: live, team: a, tier: b, zone: c}
      defaults: {interval: 30s, timeout: 5s}
      monitors:
        - name: a
          pulse_check: {type: http, config: {url: "http://127.0.0.1/", headers: ["A: s3cret", "B: c", "C: d"], expect: {headers: {A: b, C: d, E: f}, json: {path: $.a, regex: x}}}}
          intervention: {action: exec, target: {command: [a, b], environment: {A: b, C: d, E: s3cret}}}
          codes:
            red: {notify: alertmanager, config: {url: "http://127.0.0.1/", labels: {A: b, C: d, E: f}}}
            gray: {notify: email, config: {host: h, user: u, password: s3cret, from: a@example.org, to: [b@example.org, c@example.org]}}
      silences: [{match: {name: a, labels: {a: b, c: d, e: f}}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T14:00:00Z}]
      maintenance: [{match: {name: a}, start: "22:00", end: "23:00", days: [mon, wed, sun]}]
      """;

  @TempDir Path folder;

  private Configuration of(String yaml) {
    return Loaded.configuration(folder, yaml);
  }

  private static String tcp(String name, String more) {
    return "  - {name: "
        + name
        + ", pulse_check: {type: tcp, config: {host: h, port: 1}"
        + more
        + "}}\n";
  }

  @Test
  void whatIsAddedChangedAndRemovedIsNamed() {
    Configuration before =
        of(HEAD + tcp("same", "") + tcp("gone", "") + tcp("faster", "") + tcp("off", ""));
    Configuration after =
        of(
            HEAD
                + tcp("new", "")
                + tcp("same", "")
                + tcp("faster", ", interval: 10s, timeout: 1s")
                + tcp("off", "").replace("{name: off", "{name: off, enabled: false")
                + tcp("never", "").replace("{name: never", "{name: never, enabled: false"));

    Plan plan = Plan.between(before, after);

    assertThat(plan)
        .isEqualTo(
            new Plan(
                List.of("new"),
                List.of(
                    new Plan.Change(
                        "faster",
                        List.of(
                            "pulse_check.interval 30s -> 10s", "pulse_check.timeout 5s -> 1s"))),
                List.of("gone", "off"),
                1,
                List.of()));
    assertThat(plan.summary()).isEqualTo("1 added, 1 changed, 2 removed, 1 unchanged");
    assertThat(plan.lines(10))
        .containsExactly(
            "- gone",
            "- off",
            "~ faster: pulse_check.interval 30s -> 10s, pulse_check.timeout 5s -> 1s",
            "+ new");
    assertThat(plan.lines(1)).containsExactly("- gone", "... and 3 more");
    Changes changes = plan.changes(after);
    assertThat(changes.added()).extracting(MonitorSpec::name).containsExactly("new");
    assertThat(changes.changed()).containsExactly(after.monitors().get(2));
    assertThat(changes.removed()).containsExactly("gone", "off");
  }

  @Test
  void theSameIsNoPlan() {
    assertThat(Plan.between(of(FULL), of(FULL)).isEmpty()).isTrue();
    assertThat(Plan.between(of(FULL), of(FULL)).unchanged()).isEqualTo(1);
  }

  @Test
  void eachKeyIsToldInTheWordsOfTheManifestAndNoSecretIs() {
    List<List<String>> edits =
        List.of(
            List.of("A: s3cret", "A: s3cret2", "pulse_check.config"),
            List.of("E: s3cret", "E: s3cret2", "intervention.target"),
            List.of("password: s3cret", "password: s3cret2", "codes.gray.config"),
            List.of("gray: {", "gray: {dispatch: false, ", "codes.gray.dispatch true -> false"),
            List.of("red: {", "red: {groups: ops, ", "codes.red.groups"),
            List.of("env: live", "env: test", "labels"),
            List.of("interval: 30s", "interval: 1m", "pulse_check.interval 30s -> 1m"),
            List.of("timeout: 5s", "timeout: 6s", "pulse_check.timeout 5s -> 6s"),
            List.of(
                "timeout: 5s",
                "timeout: 5s, unhealthy_threshold: 4",
                "pulse_check.unhealthy_threshold 1 -> 4"),
            List.of("timeout: 5s", "timeout: 5s, alerts: {remind: 1h}", "alerts.remind 0s -> 1h"),
            List.of("timeout: 5s", "timeout: 5s, notify_groups: ops", "notify_groups"),
            List.of(
                "action: exec",
                "max_failures: 3, action: exec",
                "intervention.max_failures 1 -> 3"),
            List.of("action: exec", "calm: 3, action: exec", "intervention.calm 10 -> 3"),
            List.of(
                "type: http, config: {",
                "type: http, groups: web, config: {",
                "pulse_check.groups"));
    for (List<String> edit : edits) {
      String edited = FULL.replace(edit.get(0), edit.get(1));
      assertThat(edited).isNotEqualTo(FULL);
      Plan plan = Plan.between(of(FULL), of(edited));
      assertThat(plan.changed()).as(edit.get(1)).hasSize(1);
      assertThat(plan.changed().getFirst().what()).containsExactly(edit.get(2));
      assertThat(plan.lines(9).toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void codesAndInterventionsComeAndGo() {
    String bare = HEAD + tcp("a", "");
    String whole =
        bare.replace(
            "{name: a,",
            "{name: a, intervention: {action: exec, target: {command: x}}, codes: {red: {notify: log,"
                + " config: {file: f}}},");
    String other =
        bare.replace(
            "{name: a,",
            "{name: a, intervention: {action: systemd, target: {unit: x.service}}, codes: {red:"
                + " {notify: slack, config: {hook: \"http://h/\"}}},");
    assertThat(Plan.between(of(bare), of(whole)).changed().getFirst().what())
        .containsExactly("intervention added", "codes.red added");
    assertThat(Plan.between(of(whole), of(bare)).changed().getFirst().what())
        .containsExactly("intervention removed", "codes.red removed");
    assertThat(Plan.between(of(whole), of(other)).changed().getFirst().what())
        .containsExactly("intervention.action exec -> systemd", "codes.red.notify log -> slack");
  }

  @Test
  void thePolicyIsPartOfThePlan() {
    String edited =
        FULL.replace("14:00:00Z", "15:00:00Z").replace("days: [mon, wed, sun]", "days: mon")
            + "safety: {interventions: {enabled: false, budget: {fleet: {most: 1, per: 1h}}}}\n";
    Plan plan = Plan.between(of(FULL), of(edited));
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.policy())
        .containsExactly(
            "silences, 1 -> 1",
            "maintenance, 1 -> 1",
            "safety.interventions.enabled true -> false",
            "safety.interventions.budget");
    assertThat(plan.changes(of(edited)).policy()).isEqualTo(of(edited).policy());
  }

  @Test
  void whatIsRecordedIsComparedByPartsWithoutSecrets() throws IOException {
    assertThat(RunningRecord.read(folder)).isNull();
    RunningRecord.write(of(FULL), folder);
    assertThat(Files.readString(folder.resolve("running.tsv")))
        .doesNotContain("s3cret")
        .startsWith("cpra-running\t1\n");

    RunningRecord read = Objects.requireNonNull(RunningRecord.read(folder));
    assertThat(read).isEqualTo(RunningRecord.of(of(FULL)));
    assertThat(Plan.since(read, of(FULL)).isEmpty()).isTrue();

    Plan plan =
        Plan.since(
            read,
            of(
                FULL.replace("interval: 30s", "interval: 10s")
                        .replace("command: [a, b]", "command: [z, b]")
                        .replace("team: a", "team: z")
                    + "safety: {interventions: {dry_run: true}}\n"));
    assertThat(plan.changed())
        .containsExactly(new Plan.Change("a", List.of("rules", "intervention", "labels")));
    assertThat(plan.policy()).containsExactly("safety");
    assertThat(Plan.since(read, of(FULL.replace("- name: a", "- name: b"))).lines(9))
        .containsExactly("- a", "+ b");
  }

  /// Kills digests that are found again under another's parts.
  @Test
  void whatMonitorsShareIsDigestedOnceAndForEachThePartsThatItHas() throws IOException {
    StringBuilder text = new StringBuilder("monitors:\n");
    for (int i = 0; i < 24; i++) {
      text.append("  - name: m").append(i).append("\n    pulse_check: {type: tcp, interval: ");
      text.append(1 + i % 2).append("s, timeout: 1s, groups: [g").append(i % 3);
      text.append("], config: {host: h, port: 1}}\n    labels: {a: l").append(i % 4);
      text.append("}\n    codes: {red: {notify: log, config: {file: f").append(i % 5);
      text.append("}, dispatch: ").append(i % 7 > 0).append("}}\n    notify_groups: [g");
      text.append(i % 2).append("]\n");
    }
    Configuration all = of(text.toString());
    RunningRecord.write(all, folder);
    assertThat(RunningRecord.read(folder)).isEqualTo(RunningRecord.of(all));
  }

  @Test
  void aDamagedRecordIsRefusedWithItsRemedy() throws IOException {
    Path file = folder.resolve("running.tsv");
    for (String damaged :
        List.of("", "other\n", "cpra-running\t1\n", "cpra-running\t1\n\ta\tb\n")) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> RunningRecord.read(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("running.tsv:")
          .hasMessageContaining("delete the file");
    }
  }
}
