package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several files that make one configuration.
final class DirectoryTest {
  private static final LoadOptions OPTIONS = LoadOptions.defaults();

  @TempDir Path folder;

  private void write(String name, String yaml) {
    TestFiles.write(folder, name, yaml);
  }

  private static String monitor(String name, String more) {
    return "monitors: [{name: "
        + name
        + ", pulse_check: {type: tcp"
        + more
        + ", config: {host: h, port: 1}}}]\n";
  }

  /// The problems with the names of their files.
  private List<String> problems() {
    LoadResult result = Manifests.load(folder, OPTIONS);
    assertThat(result.monitors()).isEmpty();
    return result.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void aDirectoryIsReadInTheOrderOfItsNames() throws IOException {
    write("b.yml", monitor("two", ", interval: 1s, timeout: 1s"));
    write("a.yaml", monitor("one", ", interval: 1s, timeout: 1s"));
    write("c.json", "{\"monitors\": []}");
    write("notes.txt", "no manifest");
    write(".hidden.yaml", "no: manifest");
    Files.createDirectory(folder.resolve("below.yaml"));

    LoadResult result = Manifests.load(folder, OPTIONS);

    assertThat(result.report()).isEmpty();
    assertThat(result.monitors()).extracting(MonitorSpec::name).containsExactly("one", "two");
    assertThat(ManifestFiles.of(List.of(folder)))
        .containsExactly(
            folder.resolve("a.yaml"), folder.resolve("b.yml"), folder.resolve("c.json"));
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    write("a.yaml", monitor("one", ", interval: 1s, timeout: 1s"));
    Files.createSymbolicLink(folder.resolve("b.yaml"), folder.resolve("gone/b.yaml"));

    assertThat(problems()).singleElement().asString().contains("b.yaml").contains("no such file");
  }

  @Test
  void groupsOfALaterFileMayUseItsAnchors() {
    write(
        "a.yaml",
        "monitors:\n  - {name: one, pulse_check: {type: tcp, groups: [db], interval: 1s,"
            + " timeout: 1s, config: {host: h, port: 1}}}\n");
    write("b.yaml", "labels: &l {team: x}\ngroups: {db: {labels: *l}}\nmonitors: []\n");

    LoadResult result = Manifests.load(folder, OPTIONS);

    assertThat(result.report()).isEmpty();
    assertThat(result.monitors().getFirst().labels()).containsEntry("team", "x");
  }

  @Test
  void defaultsAndLabelsHoldInTheirFileGroupsInAll() {
    write(
        "a.yaml",
        "defaults: {interval: 1s, timeout: 1s}\nlabels: {team: a}\ngroups: [db]\n"
            + monitor("one", ", groups: web"));
    write("b.yaml", monitor("two", ", groups: [web, db], interval: 2s, timeout: 2s"));
    write("c.yaml", "groups: {web: {labels: {tier: front}, notify_groups: night}}\n");

    LoadResult result = Manifests.load(folder, OPTIONS);

    assertThat(result.report()).isEmpty();
    assertThat(result.monitors().get(0).labels()).isEqualTo(Map.of("team", "a", "tier", "front"));
    assertThat(result.monitors().get(1).labels()).isEqualTo(Map.of("tier", "front"));
    assertThat(result.monitors().get(1).notifyGroups()).containsExactly("night");

    write("b.yaml", monitor("two", ", groups: wbe"));
    assertThat(problems())
        .containsExactly(
            "b.yaml:1:37: monitor `two`: `pulse_check`: missing key `interval`; expected a duration"
                + " above zero such as 30s; set it here or in `defaults`",
            "b.yaml:1:37: monitor `two`: `pulse_check`: missing key `timeout`; expected a duration"
                + " above zero such as 30s; set it here or in `defaults`",
            "b.yaml:1:57: monitor `two`: `pulse_check.groups`: unknown group `wbe`; did you mean"
                + " `web`?");
  }

  @Test
  void whatMayStandOnceIsNamedWithBothPlaces() {
    String timed = ", interval: 1s, timeout: 1s";
    write(
        "a.yaml",
        "safety: {interventions: {enabled: false}}\ngroups: {web: {labels: {a: b}}}\n"
            + monitor("same", timed));
    write(
        "b.yaml",
        "groups: {web: {labels: {a: c}}}\n"
            + monitor("same", timed)
            + "safety: {interventions: {dry_run: true}}\n");

    assertThat(problems())
        .containsExactly(
            "b.yaml:1:9: `groups`: what holds for `web` already stands at a.yaml:2:15; keep it in one file",
            "b.yaml:2:19: monitor `same`: `name`: duplicate name; it already stands at a.yaml:3:19; rename one",
            "b.yaml:3:9: `safety`: already stands at a.yaml:1:9; keep `safety` in one file");
  }

  @Test
  void silencesAndMaintenanceAddUpWithinTheirBound() {
    String silence =
        "{match: {name: a}, from: 2026-03-04T12:00:00Z, to: 2026-03-04T13:00:00Z, reason: \"%s\"}";
    write("a.yaml", "silences: [" + silence.formatted("first") + "]\nmonitors: []\n");
    write("b.yaml", "silences: [" + silence.formatted("second") + "]\n");
    assertThat(Manifests.load(folder, OPTIONS).policy().silences())
        .extracting(one -> one.reason())
        .containsExactly("first", "second");

    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(silence.formatted(i));
    }
    write("b.yaml", "silences: [" + String.join(", ", many) + "]\n");
    assertThat(problems())
        .containsExactly(
            "b.yaml:1:11: `silences`: expected at most 1000 items in all files together, found"
                + " 1001");
  }

  @Test
  void oneFileMustHaveMonitorsAndProblemsStayBounded() {
    write("a.yaml", "labels: {}\n");
    write("b.yaml", "groups: [web]\n");
    assertThat(problems())
        .containsExactly(
            "a.yaml:1:1: missing key `monitors`; expected a list of monitors in at least one of the"
                + " 2 files");

    write("a.yaml", "monitors: [1, 2]\n");
    write("b.yaml", "monitors: [3, 4]\n");
    LoadResult result = Manifests.load(folder, OPTIONS.withMaxProblems(3));
    assertThat(result.problems()).hasSize(3);
    assertThat(result.moreProblems()).isEqualTo(1);
  }

  @Test
  void nothingIsHandedOverOnceAnEarlierFileIsWrong() {
    write("a.yaml", "monitors: [1]\n");
    write("b.yaml", monitor("two", ", interval: 1s, timeout: 1s"));
    List<String> seen = new ArrayList<>();

    Manifests.Reading reading = Manifests.read(folder, OPTIONS, spec -> seen.add(spec.name()));

    assertThat(seen).isEmpty();
    assertThat(reading.monitors()).isEqualTo(2);
    assertThat(reading.ok()).isFalse();
  }

  @Test
  void moreFilesThanTheBoundAreRefused() {
    for (int i = 0; i <= ManifestFiles.MOST; i++) {
      write(i + ".yaml", "monitors: []\n");
    }
    assertThat(Manifests.load(folder, OPTIONS).report())
        .contains("more than 1000 files; put several into one");
  }

  @Test
  void filesAndDirectoriesMayBeNamedTogether() throws IOException {
    Path below = Files.createDirectory(folder.resolve("below"));
    write("a.yaml", monitor("one", ", interval: 1s, timeout: 1s"));
    TestFiles.write(below, "b.yaml", monitor("two", ", interval: 1s, timeout: 1s"));

    assertThat(Manifests.load(List.of(below, folder.resolve("a.yaml")), OPTIONS).monitors())
        .extracting(MonitorSpec::name)
        .containsExactly("two", "one");
  }
}
