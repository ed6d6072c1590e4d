package dev.cpra.harness.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.EngineProvider;
import dev.cpra.harness.planted.PlantedCost;
import dev.cpra.harness.planted.PlantedEngineProvider;
import dev.cpra.harness.result.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real child JVMs with small loads. What they measure is not looked at, except what is exact.
final class ChildJvmTest {
  private static final String HEAD =
      """
      name: small
      monitors: {generate: {count: 12000, seed: 1, mix: [
        {share: 1, type: http, interval: 200ms, timeout: 100ms, unhealthy_threshold: 3}]}}
      work: {kind: noop}
      phases: [{name: warm-up, for: 400ms, measured: false}, {name: steady, for: 1s}]
      """;

  @TempDir Path folder;

  private Path load(String drive) throws IOException {
    return Files.writeString(folder.resolve(drive + ".yaml"), HEAD + "drive: " + drive + "\n");
  }

  private static Side side(String engine, Build build) {
    return new Side(engine + " of " + build.name(), new Variant(engine, engine, Map.of()), build);
  }

  private ExactFigures exact(String engine, Build build) throws Exception {
    return ExactTaking.take(side(engine, build), 30_000, List.of(load("saturate"))).getFirst();
  }

  private Build planted(String engine, int bytes, boolean churn) throws IOException {
    Path front = Files.createDirectories(folder.resolve("planted"));
    Path services = Files.createDirectories(front.resolve("META-INF").resolve("services"));
    Files.writeString(
        services.resolve(EngineProvider.class.getName()), PlantedEngineProvider.class.getName());
    Files.writeString(
        front.resolve(PlantedCost.RESOURCE), new PlantedCost(engine, 0, 0, 0, bytes, churn).text());
    return Build.running().behind("planted", front);
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void exactFiguresAreTheSameOnEveryRunAndALedgerBalances(String engine) throws Exception {
    ExactFigures first = exact(engine, Build.running());
    ExactFigures second = exact(engine, Build.running());

    assertThat(first.imbalance()).isNull();
    assertThat(first.missed()).isZero();
    assertThat(first.jobs()).isEqualTo(60_000).isEqualTo(second.jobs());
    assertThat(first.operationsPerJob()).isEqualTo(second.operationsPerJob());
    assertThat(first.latenessUs()).isEqualTo(second.latenessUs()).containsKey("p99");
    assertThat(first.allocatedBytesPerJob()).isLessThan(0.5);
    assertThat(first.operationsPerJob()).containsEntry("wheel_entries", 1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void oneAllocationPerJobIsSeen(String engine) throws Exception {
    ExactFigures figures = exact(engine, planted(engine, 16, false));

    assertThat(figures.allocatedBytesPerJob()).isGreaterThanOrEqualTo(16);
    assertThat(figures.imbalance()).isNull();
  }

  @Test
  void structuralChangesPerJobAreSeen() throws Exception {
    ExactFigures figures = exact("ecs", planted("ecs", 0, true));

    assertThat(figures.operationsPerJob().getOrDefault("structural_changes", 0.0))
        .isGreaterThan(1.5);
    assertThat(figures.imbalance()).isNull();
  }

  @Test
  void aPairTakesAsManySlicesAsPlannedAndBothDoTheSameJobs() throws Exception {
    PairPlan plan =
        new PairPlan(
            List.of(
                new PairPlan.SlicedLoad(load("saturate"), true, 100_000_000, 5_000_000, 6),
                new PairPlan.SlicedLoad(load("open"), false, 100_000_000, 30_000_000, 5)),
            12_000);

    PairSlices slices =
        Pair.take(plan, side("ecs", Build.running()), side("baseline", Build.running()), 1);

    PairSlices.LoadSlices virtual = slices.loads().getFirst();
    assertThat(virtual.a()).hasSize(6);
    assertThat(virtual.b()).hasSize(6);
    for (int round = 0; round < 6; round++) {
      // The probes before the first slice are the same for both, too.
      assertThat(virtual.a().get(round).jobs()).isPositive();
      assertThat(virtual.a().get(round).missed()).isZero();
    }
    PairSlices.LoadSlices open = slices.loads().getLast();
    assertThat(open.a()).hasSize(5).allMatch(slice -> slice.jobs() > 0);
    assertThat(open.b()).allMatch(slice -> slice.latency() != null);
    assertThat(open.tailsA().latenessNanos()).isNotNull();
  }

  @Test
  void aChildWithoutItsEngineSaysSo() throws IOException {
    Path load = load("saturate");

    assertThatThrownBy(
            () -> ExactTaking.take(side("nobody", Build.running()), 12_000, List.of(load)))
        .isInstanceOf(PairFailure.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void nothingPlantedIsFoundOnTheClassPathOfTheProduct() {
    assertThat(ServiceLoader.load(EngineProvider.class).stream())
        .extracting(ServiceLoader.Provider::type)
        .isNotEmpty()
        .noneMatch(type -> type == PlantedEngineProvider.class);
  }
}
