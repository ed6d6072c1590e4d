package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.policy.Maintenance;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Safety.BreakerRules;
import dev.cpra.manifest.policy.Safety.Limit;
import dev.cpra.manifest.policy.Selector;
import dev.cpra.manifest.policy.Silence;
import dev.cpra.manifest.policy.Window;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `silences`, `maintenance` and `safety`, from the file to the records.
final class PolicyKeysTest {
  private static final long MINUTE = 60_000_000_000L;

  @TempDir Path folder;

  private LoadResult load(String yaml) {
    return Manifests.load(TestFiles.write(folder, "m.yaml", yaml), LoadOptions.defaults());
  }

  private List<String> problems(String yaml) {
    LoadResult result = load(yaml);
    assertThat(result.policy()).isEqualTo(Policy.DEFAULT);
    return TestFiles.places(result.problems());
  }

  @Test
  void everyKeyReachesTheRecords() {
    LoadResult result =
        load(
            """
            silences:
              - match: {name: "web-*", group: web, labels: {env: test}}
                from: 2026-03-04T12:00:00+01:00
                to: 2026-03-04T14:30Z
                reason: "moved"
            maintenance:
              - {match: {name: "*"}, from: 2026-03-04T12:00Z, to: 2026-03-05T12:00Z, reason: racks}
              - {match: {group: db}, days: [sat, sun], start: 22:00, end: 02:00, zone: Europe/Berlin}
              - {match: {group: db}, start: 01:00, end: 01:00}
            safety:
              interventions:
                enabled: false
                dry_run: true
                budget: {fleet: {most: 3, per: 1h}, each_group: {most: 1, per: 10m}, groups: {db: {most: 2, per: 5m}}}
                breaker: {share: 0.3, least: 10, window: 2m, close_share: 0.1, hold: 1m}
            monitors: []
            """);

    assertThat(result.report()).isEmpty();
    assertThat(result.policy())
        .isEqualTo(
            new Policy(
                List.of(
                    new Silence(
                        new Selector("web-*", "web", Map.of("env", "test")),
                        Instant.parse("2026-03-04T11:00:00Z"),
                        Instant.parse("2026-03-04T14:30:00Z"),
                        "moved")),
                List.of(
                    new Maintenance(
                        new Selector("*", null, Map.of()),
                        new Window.Once(
                            Instant.parse("2026-03-04T12:00:00Z"),
                            Instant.parse("2026-03-05T12:00:00Z")),
                        "racks"),
                    new Maintenance(
                        new Selector(null, "db", Map.of()),
                        new Window.Weekly(
                            Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                            LocalTime.of(22, 0),
                            LocalTime.of(2, 0),
                            ZoneId.of("Europe/Berlin")),
                        ""),
                    new Maintenance(
                        new Selector(null, "db", Map.of()),
                        new Window.Weekly(
                            EnumSet.allOf(DayOfWeek.class),
                            LocalTime.of(1, 0),
                            LocalTime.of(1, 0),
                            ZoneId.of("UTC")),
                        "")),
                new Safety(
                    false,
                    true,
                    new Limit(3, 60 * MINUTE),
                    new Limit(1, 10 * MINUTE),
                    Map.of("db", new Limit(2, 5 * MINUTE)),
                    new BreakerRules(0.3, 10, 2 * MINUTE, 0.1, MINUTE))));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(load("monitors: []\n").policy()).isEqualTo(Policy.DEFAULT);
    assertThat(load("safety: {interventions: {breaker: {}, budget: {}}}\nmonitors: []\n").policy())
        .isEqualTo(Policy.DEFAULT);
    assertThat(
            load("safety: {interventions: {breaker: {share: 0.2}}}\nmonitors: []\n")
                .policy()
                .safety()
                .breaker()
                .closeShare())
        .isEqualTo(0.1);
  }

  @Test
  void eachMistakeHasItsPlaceAndItsRemedy() {
    assertThat(
            problems(
                """
                groups: [db]
                silences:
                  - {match: {}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T13:00:00Z}
                  - {match: {name: a}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T12:00:00Z}
                  - {match: {nam: a}, from: 2026-02-30T12:00:00Z, to: tomorrow}
                  - {match: {group: bd}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T13:00:00Z}
                maintenance:
                  - {match: {name: a}, start: "22:00", end: "24:00", days: sut, zone: Europe/Berlim}
                  - {match: {name: a}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T13:00:00Z, zone: UTC}
                  - {match: {name: a}, start: "22:00"}
                  - {match: {name: a}, start: "22:00", end: "23:00", days: []}
                safety:
                  interventions:
                    budget: {fleet: {most: 0, per: 0s}, groups: {dbs: {most: 1, per: 1h}}}
                    breaker: {share: 0.3, close_share: 0.3}
                    enable: true
                monitors: []
                """))
        .containsExactly(
            "3:13: `silences.match`: expected `name`, `group` or `labels`; for every monitor write"
                + " `name: \"*\"`",
            "4:56: `silences.to`: expected an instant after `from` (2026-03-04T12:00:00Z), found"
                + " 2026-03-04T12:00:00Z",
            "5:13: `silences.match`: expected `name`, `group` or `labels`; for every monitor write"
                + " `name: \"*\"`",
            "5:14: `silences.match`: unknown key `nam`; did you mean `name`?",
            "5:29: `silences.from`: expected a time that exists, found `2026-02-30T12:00:00Z`",
            "5:55: `silences.to`: expected a time with its offset, such as 2026-03-04T22:30:00Z or"
                + " 2026-03-04T22:30+01:00, found `tomorrow`",
            "6:21: `silences.match.group`: unknown group `bd`; did you mean `db`?",
            "8:45: `maintenance.end`: expected a time of the day from 00:00 to 23:59, found the"
                + " string `24:00`",
            "8:60: `maintenance.days`: expected one of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`,"
                + " `sun`, found `sut`; did you mean `sat`?",
            "8:71: `maintenance.zone`: unknown time zone `Europe/Berlim`; did you mean"
                + " `Europe/Berlin`?",
            "9:84: `maintenance.zone`: has no meaning with `from` and `to`; it belongs to `start`"
                + " and `end`",
            "10:5: `maintenance`: expected `from` and `to`, or `start` and `end` and not both",
            "11:60: `maintenance.days`: expected at least one day, found an empty list; remove the"
                + " key",
            "14:28: `safety.interventions.budget.fleet.most`: expected an integer from 1 to 100000,"
                + " found `0`",
            "14:36: `safety.interventions.budget.fleet.per`: expected a duration above zero such as"
                + " 30s or 1m30s, found `0s`",
            "14:49: `safety.interventions.budget.groups`: unknown group `dbs`; did you mean `db`?",
            "15:40: `safety.interventions.breaker.close_share`: expected 0 to below `share` (0.3),"
                + " found 0.3",
            "16:5: `safety.interventions`: unknown key `enable`; did you mean `enabled`?");
  }

  @Test
  void groupsMayStandBehindWhatNamesThem() {
    String silence =
        "silences: [{match: {group: db}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T13:00:00Z}]\n";

    assertThat(load(silence + "groups: [db]\nmonitors: []\n").report()).isEmpty();
    assertThat(load("groups: [db]\nmonitors: []\n" + silence).report()).isEmpty();
    assertThat(problems(silence + "groups: [web]\nmonitors: []\n")).hasSize(1);
  }
}
