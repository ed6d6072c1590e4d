package dev.cpra.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CalibrationReportTest {

  private static CalibrationRun run(Double... effects) {
    return new CalibrationRun(
        "key",
        Scenario.AA.key(),
        "ecs",
        "2026-11-26T00:00:00Z",
        null,
        "a machine",
        GateResult.Outcome.PASS,
        true,
        60,
        null,
        List.of(
            new CalibrationRun.LimitRun(
                "load ecs cpu_per_job", null, Arrays.asList(effects), Decision.PASS)));
  }

  private static List<CalibrationReport.Scatter> scatter(CalibrationRun... runs) {
    return CalibrationReport.of("g", "key", List.of(), List.of(runs)).scatter();
  }

  @Test
  void whereMostPairsAreEqualTheOthersStillSayWhatIsSeen() {
    List<CalibrationReport.Scatter> all = scatter(run(0.0, 0.0, 0.0, 0.0, 0.0, 3.0, -2.0));

    assertThat(all)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.robust()).isZero();
          assertThat(one.smallestEffect()).isPositive().isFinite();
        });
  }

  @Test
  void runsOfWhichMostTookNoPairHaveNoRow() {
    assertThat(scatter(run(), run(), run(0.1, 0.2, 0.3))).isEmpty();
  }
}
