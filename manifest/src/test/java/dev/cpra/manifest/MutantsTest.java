package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.kind.TcpConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bugs of the originals' loaders, put back: each check passes with our loader and fails with the
/// bug. The numbers are those of the originals' bugs.
final class MutantsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SLICE = 10_000;
  private static final int MANY = 25_000;

  /// What loads a manifest's text.
  @FunctionalInterface
  private interface Loader {
    LoadResult load(String yaml);
  }

  @TempDir Path folder;

  private LoadResult load(String yaml) {
    return Manifests.load(TestFiles.write(folder, "m.yaml", yaml), LoadOptions.defaults());
  }

  private void dies(Consumer<Loader> check, Loader... mutants) {
    assertThatCode(() -> check.accept(this::load)).as("our loader").doesNotThrowAnyException();
    for (int i = 0; i < mutants.length; i++) {
      Loader mutant = mutants[i];
      assertThat(catchThrowable(() -> check.accept(mutant)))
          .as("what the check says of mutant %s", i)
          .isNotNull();
    }
  }

  /// A loader in which some problems are never looked for.
  private Loader blindTo(Predicate<Problem> problem) {
    return yaml -> {
      LoadResult result = load(yaml);
      return new LoadResult(
          result.monitors(), result.problems().stream().filter(problem.negate()).toList(), 0);
    };
  }

  private static String tcp(String name, String keys) {
    return "  - {name: " + name + ", pulse_check: {type: tcp, " + keys + "}}\n";
  }

  @Test
  void interventionMaxFailuresNeverRead() { // M15; for every other key see EveryKeyTest
    String yaml =
        """
        monitors:
          - name: a
            pulse_check: {type: tcp, interval: 1s, timeout: 1s, max_failures: 2, config: {host: h, port: 1}}
            intervention: {action: docker, max_failures: 3, target: {container: c}}
        """;
    dies(
        loader -> {
          MonitorRules rules = loader.load(yaml).monitors().getFirst().rules();
          assertThat(rules.unhealthyThreshold()).isEqualTo(2);
          assertThat(rules.maxAttempts()).isEqualTo(3);
        },
        text -> load(text.replace(" max_failures: 3,", "")),
        text -> load(text.replace(" max_failures: 2,", "")));
  }

  @Test
  void monitorsDuplicatedOrCorruptedAboveTenThousand() { // M16
    StringBuilder yaml = new StringBuilder("defaults: {timeout: 2s}\nmonitors:\n");
    for (int i = 0; i < MANY; i++) {
      yaml.append(
          tcp(
              "m-" + i,
              "interval: " + (i % 300 + 1) + "s, config: {host: h, port: " + (i + 1) + "}"));
    }
    dies(
        loader -> {
          List<MonitorSpec> monitors = loader.load(yaml.toString()).monitors();
          assertThat(monitors).hasSize(MANY);
          for (int i = 0; i < MANY; i++) {
            MonitorRules rules = MonitorRules.of((i % 300 + 1) * SECOND, 2 * SECOND);
            assertThat(monitors.get(i))
                .isEqualTo(MonitorSpec.of("m-" + i, rules, TcpConfig.connect("h", i + 1)));
          }
        },
        this::sliceReusedAfterItWasHandedOver,
        text -> {
          List<MonitorSpec> twice = new ArrayList<>(load(text).monitors());
          twice.set(SLICE, twice.get(SLICE - 1)); // the last of a slice again
          return new LoadResult(twice, List.of(), 0);
        });
  }

  private LoadResult sliceReusedAfterItWasHandedOver(String yaml) {
    Path file = TestFiles.write(folder, "m.yaml", yaml);
    List<List<MonitorSpec>> handedOver = new ArrayList<>();
    List<MonitorSpec> slice = new ArrayList<>();
    Manifests.read(
        file,
        LoadOptions.defaults(),
        monitor -> {
          if (slice.size() == SLICE) {
            handedOver.add(slice);
            slice.clear();
          }
          slice.add(monitor);
        });
    handedOver.add(slice);
    return new LoadResult(handedOver.stream().flatMap(List::stream).toList(), List.of(), 0);
  }

  @Test
  void duplicateNamesUnknownKeysAndZeroIntervalsAccepted() { // M23
    String yaml =
        "monitors:\n"
            + tcp("a", "interval: 1s, timeout: 1s, config: {host: h, port: 1}")
            + tcp("a", "interval: 1s, timeout: 1s, config: {host: h, port: 1}")
            + tcp("b", "interval: 0s, timeout: 1s, config: {host: h, port: 1}")
            + tcp("c", "interval: 1s, timeout: 1s, intervall: 2s, config: {host: h, port: 1}");
    dies(
        loader -> {
          List<Problem> problems = loader.load(yaml).problems();
          assertThat(problems).extracting(Problem::line).containsExactly(3, 4, 5);
          assertThat(problems).extracting(Problem::column).containsExactly(12, 50, 67);
          assertThat(problems.get(0).message()).contains("monitor `a`").contains("duplicate name");
          assertThat(problems.get(1).message()).contains("interval").contains("above zero");
          assertThat(problems.get(2).message()).contains("unknown key `intervall`");
        },
        blindTo(problem -> problem.message().contains("duplicate")),
        blindTo(problem -> problem.message().contains("above zero")),
        blindTo(problem -> problem.message().contains("unknown key")),
        text -> {
          LoadResult result = load(text);
          List<Problem> placeless =
              result.problems().stream()
                  .map(problem -> new Problem(problem.file(), 1, 1, problem.message()))
                  .toList();
          return new LoadResult(List.of(), placeless, 0);
        });
  }

  @Test
  void oneMalformedMonitorCrashesStartUp() { // M26
    String yaml =
        "defaults: {interval: 1s, timeout: 1s}\nmonitors:\n"
            + tcp("a", "config: {host: h, port: 1}")
            + "  - {name: b, intervention: {action: docker}}\n"
            + tcp("c", "config: {host: h, port: 1}")
            + tcp("d", "config: {host: h, port: 0}");
    dies(
        loader -> {
          List<Problem> problems = loader.load(yaml).problems();
          assertThat(problems).extracting(Problem::line).contains(4, 6).doesNotContain(3, 5);
        },
        text -> {
          if (!load(text).ok()) {
            throw new IllegalStateException("a component was set before it was added");
          }
          return load(text);
        },
        blindTo(problem -> problem.line() > 4), // the first malformed one ends the reading
        text -> {
          LoadResult result = load(text);
          List<Problem> all = new ArrayList<>(result.problems());
          all.add(new Problem("m.yaml", 5, 5, "its batch failed")); // and takes others with it
          return new LoadResult(List.of(), all, 0);
        });
  }
}
