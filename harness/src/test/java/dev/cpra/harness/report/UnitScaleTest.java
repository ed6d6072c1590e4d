package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.statistics.Spread;
import dev.cpra.harness.statistics.Spread.Kind;
import org.junit.jupiter.api.Test;

final class UnitScaleTest {

  @Test
  void aRangeAboveAMedianOfNothingIsSeen() {
    UnitScale bytes = UnitScale.of("B", 1);

    assertThat(bytes.range(new Spread(0, 0, 0.0054, 6, Kind.ORDER_STATISTICS)))
        .isEqualTo("0.0000–0.0054");
    assertThat(bytes.range(new Spread(0, 0, 0, 6, Kind.ORDER_STATISTICS))).isEqualTo("0–0");
    assertThat(bytes.range(new Spread(1.5, 1, 2, 6, Kind.ORDER_STATISTICS))).isEqualTo("1.00–2.00");
  }
}
