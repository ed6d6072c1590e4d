package dev.cpra.simulator;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The page about the mutants: what is put back, and what kills it.
final class MutantTable {
  private static final String INTRO =
      """
      # Mutants

      Every bug of the originals' catalogue, M1 to M26, is put back in test code and must be found by the check that is
      meant to find it; one that survives fails the build. Bugs of an engine or its workers are put into the reference
      engine (`OracleEngine`), which then lives through seeds {seeds} of `loads/mixed-faults.yaml` in the simulator, where
      **no checker but the named one** is asked, beside what every simulation asks at its end: liveness, draining and
      delivery. The reference itself passes the same seeds with every checker. The time is virtual, until the checker spoke.

      `engine-contract`'s own `MutantsTest` holds the contract suite to M1, M5, M6, M7, M12, M13, M14 and M17 as well.
      Bugs outside an engine have their test in the module where they would live; of real workers the
      property itself is tested, with nothing put back. *Pending* are those whose module does
      not exist yet.

      `simulator`'s `MutantsTest` writes this page when it is run with `-Dcpra.mutants.write=true`, and fails when the
      page says anything else than what happened.

      | | put back | killed by | after |
      | --- | --- | --- | --- |
      """;

  private MutantTable() {}

  /// A test of this project: a method of a class in a module's package of the same name.
  record TestName(String module, String type, String method) {
    Path source() {
      Path sources = Path.of("..", module, "src", "test", "java", "dev", "cpra", module);
      return sources.resolve(type + ".java");
    }

    @Override
    public String toString() {
      return "`%s.%s.%s`".formatted(module, type, method);
    }
  }

  /// A line of the table.
  ///
  /// @param tests that kill it, if it is no checker that does
  record Row(String number, String putBack, String killedBy, String after, List<TestName> tests) {
    static Row killed(String number, String putBack, String checker, long nanos, long seed) {
      String after = String.format(Locale.ROOT, "%.3f s, seed %d", nanos / 1e9, seed);
      return new Row(number, putBack, "checker `" + checker + "`", after, List.of());
    }

    static Row tested(String number, String putBack, TestName... tests) {
      List<TestName> all = List.of(tests);
      String names = all.stream().map(TestName::toString).collect(Collectors.joining(", "));
      return new Row(number, putBack, "test " + names, "", all);
    }

    static Row pending(String number, String putBack, String module) {
      return new Row(number, putBack, "*pending*: comes with the " + module, "", List.of());
    }

    int order() {
      return Integer.parseInt(number.substring(1));
    }
  }

  /// What no checker of the simulator kills.
  static List<Row> elsewhere() {
    return List.of(
        Row.tested(
            "M4",
            "(nothing: real workers lose no outcome while the engine takes none)",
            new TestName("probes", "LaneRunnerTest", "noOutcomeIsLostWhileTheEngineTakesNone")),
        Row.tested(
            "M15",
            "an intervention's `max_failures` is never read",
            manifest("interventionMaxFailuresNeverRead")),
        Row.tested(
            "M16",
            "monitors above 10,000 are duplicated or corrupted",
            manifest("monitorsDuplicatedOrCorruptedAboveTenThousand")),
        Row.tested(
            "M18",
            "every first check is due at once",
            new TestName("simulator", "MutantsTest", "firstChecksAreSpreadOverTheInterval")),
        Row.tested(
            "M20",
            "(nothing: real workers account for what they took when they are closed)",
            new TestName("probes", "LaneRunnerTest", "aCloseAccountsForEveryJobTaken"),
            new TestName("probes", "LaneRunnerTest", "aCloseLetsWhatRunsEndWithinTheGrace")),
        Row.tested(
            "M22",
            "a pinger is reused, its result freezes at the first",
            new TestName(
                "probes", "IcmpProbeTest", "aPingThatIsReusedDoesNotFreezeAtItsFirstResult")),
        Row.tested(
            "M23",
            "duplicate names, unknown keys and zero intervals are accepted",
            manifest("duplicateNamesUnknownKeysAndZeroIntervalsAccepted")),
        Row.tested(
            "M24",
            "checks that always succeed or fail, senders that always fail",
            new TestName(
                "probes", "MutantsTest", "checksThatAlwaysSucceedOrFailAndSendersThatAlwaysError")),
        Row.tested(
            "M25",
            "the sizing overflows to NaN or a million workers",
            new TestName("harness", "MutantsTest", "theSizingOverflowsToNaNOrAMillionWorkers")),
        Row.tested(
            "M26",
            "one malformed monitor crashes the start",
            manifest("oneMalformedMonitorCrashesStartUp")));
  }

  private static TestName manifest(String method) {
    return new TestName("manifest", "MutantsTest", method);
  }

  /// The page, with these rows in the catalogue's order; those of one number as given, what dies by
  /// a checker first.
  static String page(List<Row> rows) {
    String seeds =
        MutantsTest.SEEDS.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return INTRO.replace("{seeds}", seeds)
        + rows.stream()
            .sorted(
                Comparator.comparingInt(Row::order).thenComparing(row -> !row.tests().isEmpty()))
            .map(row ->
                "| %s | %s | %s | %s |\n"
                    .formatted(row.number(), row.putBack(), row.killedBy(), row.after()))
            .collect(Collectors.joining());
  }
}
