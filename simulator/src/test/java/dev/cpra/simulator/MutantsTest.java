package dev.cpra.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.contract.OracleEngine;
import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.MutantTable.Row;
import dev.cpra.simulator.Mutants.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every bug of the catalogue that is put back is found, by what is meant to find it; the table of
/// them is printed and stands in docs/mutants.md.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MutantsTest {
  private static final String LOAD = "mixed-faults.yaml";

  /// A mutant must die in one of these. The faults that it takes come in them all: in the last a
  /// restart while pulses are in flight.
  static final List<Long> SEEDS = List.of(2L, 3L, 9L);

  private static final Path TABLE = Path.of("..", "docs", "mutants.md");
  private static final String WRITE = "cpra.mutants.write";

  /// How a mutant died.
  private record Death(Mutant mutant, long seed, Failure failure) {}

  private final List<Death> deaths = new ArrayList<>();
  private final List<String> survivors = new ArrayList<>();

  MutantsTest() {
    for (Mutant mutant : Mutants.all()) {
      kill(mutant);
    }
  }

  private void kill(Mutant mutant) {
    for (long seed : SEEDS) {
      Failure failure = mutant.run(TestLoads.scenario(LOAD, seed)).failure();
      if (failure != null) {
        deaths.add(new Death(mutant, seed, failure));
        return;
      }
    }
    survivors.add(mutant.number() + ": " + mutant.putBack());
  }

  @ParameterizedTest(name = "seed {0}")
  @FieldSource("SEEDS")
  void theReferenceItselfPasses(long seed) {
    Run sound =
        new Simulation(TestLoads.scenario(LOAD, seed), "sound", OracleEngine::new, List.of())
            .run(Simulation.Progress.NONE);
    assertThat(sound.failure()).isNull();
  }

  @ParameterizedTest(name = "seed {0}")
  @FieldSource("SEEDS")
  void theReferencePassesWithOneCheckerAsWell(long seed) {
    Scenario scenario = TestLoads.scenario(LOAD, seed);
    for (String checker : Mutants.all().stream().map(Mutant::killer).distinct().toList()) {
      Mutant sound = new Mutant("none", "nothing", checker, OracleEngine::new, Crew::scripted);
      assertThat(sound.run(scenario).failure()).as(checker).isNull();
    }
  }

  @Test
  void noMutantSurvives() {
    assertThat(survivors).isEmpty();
  }

  @Test
  void eachIsKilledByTheCheckerMeantToFindIt() {
    for (Death death : deaths) {
      assertThat(death.failure.checker())
          .as("%s, %s: %s", death.mutant.number(), death.mutant.putBack(), death.failure)
          .isEqualTo(death.mutant.killer());
    }
  }

  @Test
  void firstChecksAreSpreadOverTheInterval() { // M18
    Load load = TestLoads.load("1k.yaml");
    Population population = TestLoads.population(load);
    IntToDoubleFunction sound =
        i -> (double) population.firstDueNanos(i) / population.rules(i).intervalNanos();
    IntToDoubleFunction allAtOnce = _ -> 0;

    assertThat(isSpread(population.size(), sound)).isTrue();
    assertThat(isSpread(population.size(), allAtOnce)).isFalse();
  }

  /// Each tenth of the interval has its tenth of the monitors, or half as many or as many again.
  private static boolean isSpread(int size, IntToDoubleFunction share) {
    int[] tenths = new int[10];
    for (int i = 0; i < size; i++) {
      tenths[(int) (10 * share.applyAsDouble(i))]++;
    }
    for (int monitors : tenths) {
      if (monitors < size / 20 || monitors > size / 5) {
        return false;
      }
    }
    return true;
  }

  @Test
  void whatIsKilledElsewhereHasItsTest() throws IOException {
    for (Row row : MutantTable.elsewhere()) {
      for (MutantTable.TestName test : row.tests()) {
        assertThat(Files.readString(test.source()))
            .as("%s of %s", test, row.number())
            .contains("void " + test.method() + "(");
      }
    }
  }

  @Test
  void theTableStandsInDocs() throws IOException {
    List<Row> rows = new ArrayList<>(MutantTable.elsewhere());
    for (Death death : deaths) {
      rows.add(
          Row.killed(
              death.mutant.number(),
              death.mutant.putBack(),
              death.failure.checker(),
              death.failure.elapsedNanos(),
              death.seed));
    }
    String page = MutantTable.page(rows);
    System.out.println(page);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(TABLE, page);
    }
    assertThat(Files.exists(TABLE) ? Files.readString(TABLE) : "")
        .as(
            "%s is not what the mutants did; if they did well, run this test with -D%s=true",
            Objects.requireNonNull(TABLE.getFileName()), WRITE)
        .isEqualTo(page);
  }
}
