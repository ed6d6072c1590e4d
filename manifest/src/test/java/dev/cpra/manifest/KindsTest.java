package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.manifest.schema.JsonSchema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A kind is its class and its registration, nothing else.
final class KindsTest {
  private record DiceConfig(int sides) implements PulseConfig {
    @Override
    public String type() {
      return "dice";
    }
  }

  private static final class Dice implements Kind<DiceConfig> {
    @Override
    public Section section() {
      return Section.PULSE;
    }

    @Override
    public String name() {
      return "dice";
    }

    @Override
    public Shape shape() {
      return Shape.of("Dice.", Field.of("sides", new Type.Whole(1, 100), "How many.").or(6L));
    }

    @Override
    public DiceConfig read(Fields fields) {
      int sides = fields.whole("sides");
      if (sides == 13) {
        throw new IllegalArgumentException("thirteen sides: expected another number");
      }
      if (sides == 99) {
        throw new IllegalStateException("a defect");
      }
      return new DiceConfig(sides);
    }
  }

  @TempDir Path folder;

  private LoadResult load(String... sides) {
    StringBuilder yaml = new StringBuilder("defaults: {interval: 1s, timeout: 1s}\nmonitors:\n");
    for (String one : sides) {
      yaml.append("  - {name: d")
          .append(one)
          .append(", pulse_check: {type: dice, config: {sides: ")
          .append(one)
          .append("}}}\n");
    }
    LoadOptions options = LoadOptions.defaults().withKinds(Kinds.of(List.of(new Dice())));
    return Manifests.load(TestFiles.write(folder, "m.yaml", yaml.toString()), options);
  }

  @Test
  void aKindOfOnesOwnIsLoadedAndInTheSchema() {
    LoadResult result = load("6", "20");

    assertThat(result.report()).isEmpty();
    assertThat(result.monitors())
        .extracting(MonitorSpec::pulse)
        .containsExactly(new DiceConfig(6), new DiceConfig(20));
    assertThat(JsonSchema.manifest(Kinds.of(List.of(new Dice())))).contains("\"pulse-dice\"");
  }

  @Test
  void aKindThatFailsOnOneConfigFailsThatMonitorAlone() {
    assertThat(TestFiles.places(load("13", "99", "6", "0").problems()))
        .containsExactly(
            "3:51: monitor `d13`: `pulse_check.config`: thirteen sides: expected another number",
            "4:51: monitor `d99`: `pulse_check.config`: the kind `dice` cannot read it:"
                + " IllegalStateException",
            "6:58: monitor `d0`: `pulse_check.config.sides`: expected an integer from 1 to 100,"
                + " found `0`");
  }

  @Test
  void twoKindsOfOneNameAreRefused() {
    assertThatThrownBy(() -> Kinds.of(List.of(new Dice(), new Dice())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("check dice: registered by");
  }
}
