package dev.cpra.harness.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MicroTableTest {
  private static final MicroTable.Row WHEEL =
      new MicroTable.Row(
          "TimingWheel.insert", "monitors=100000", 12.345, 0.5, "ns/op", 10, 0.00001);
  private static final MicroTable.Row ONCE =
      new MicroTable.Row("Lane.oneThread", "", 1_234.6, Double.NaN, "ns/op", 1, Double.NaN);

  @Test
  void everyRowSaysScoreErrorUnitSamplesAndBytes() {
    assertThat(MicroTable.markdown(List.of(WHEEL, ONCE)).lines())
        .endsWith(
            "| TimingWheel.insert | monitors=100000 | 12.3 | ± 0.5000 | ns/op | 10 | < 0.0001 |",
            "| Lane.oneThread |  | 1,235 | - | ns/op | 1 | - |");
  }

  @Test
  void theTerminalsColumnsAreAligned() {
    List<String> lines = MicroTable.terminal(List.of(WHEEL, ONCE)).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines).extracting(String::length).containsOnly(lines.getFirst().length());
  }

  @Test
  void namesLoseTheirPackageAndTheWordBenchmark() {
    assertThat(MicroTable.shortName("dev.cpra.engine.kit.TimingWheelBenchmark.insert"))
        .isEqualTo("TimingWheel.insert");
  }
}
