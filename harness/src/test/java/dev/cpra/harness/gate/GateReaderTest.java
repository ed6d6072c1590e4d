package dev.cpra.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cpra.manifest.Problem;
import dev.cpra.manifest.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateReaderTest {
  private static final Path CI = Path.of("..", "loads", "gates", "ci.yaml");
  private static final Path SCHEMA = Path.of("..", "docs", "gate.schema.json");

  @TempDir Path folder;

  @BeforeEach
  void loads() throws IOException {
    Files.copy(Path.of("..", "loads", "gates", "saturate.yaml"), folder.resolve("s.yaml"));
    Files.copy(Path.of("..", "loads", "gates", "open.yaml"), folder.resolve("o.yaml"));
  }

  private List<String> problems(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("g.yaml"), text);
    GateReader.Result result = GateReader.read(file);
    assertThat(result.gate() == null).isEqualTo(!result.problems().isEmpty());
    return result.problems().stream()
        .map(Problem::toString)
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void theGateOfCiIsValidAndStaysWithinThreeMinutes() {
    GateReader.Result result = GateReader.read(CI);

    assertThat(result.problems()).isEmpty();
    GateFile gate = java.util.Objects.requireNonNull(result.gate());
    assertThat(gate.budgetNanos()).isLessThanOrEqualTo(175_000_000_000L);
    assertThat(gate.loads())
        .flatExtracting(GateFile.GateLoad::exact)
        .extracting(Limit.Exact::metric)
        .contains("allocated_bytes_per_job", "operations.structural_changes", "bytes_per_monitor");
    assertThat(gate.loads())
        .flatExtracting(GateFile.GateLoad::paired)
        .extracting(Limit.Paired::metric)
        .contains(PairedMetric.CPU_PER_JOB, PairedMetric.STALLS);
  }

  @Test
  void twoLoadsOfOneNameAreRefusedSinceTheirFiguresWouldBeMixedUp() throws IOException {
    assertThat(problems("{name: g, loads: [{load: s.yaml}, {load: s.yaml}]}\n"))
        .singleElement()
        .asString()
        .contains("g.yaml:1:")
        .contains("expected loads of different names");
  }

  @Test
  void everyProblemHasItsPlaceAndARemedy() throws IOException {
    assertThat(
            problems(
                """
                name: g
                bugdet: 10s
                loads:
                  - load: s.yaml
                    exact:
                      - {metric: allocated_bytes, at_most: 1}
                    paired:
                      - {metric: throughput, at_most: 1}
                      - {metric: stalls, at_most_more: -1}
                """))
        .anyMatch(line -> line.startsWith("g.yaml:2:1: unknown key `bugdet`"))
        .anyMatch(line -> line.startsWith("g.yaml:6:18: ") && line.contains("operations.NAME"))
        .anyMatch(line -> line.startsWith("g.yaml:8:") && line.contains("at_least"))
        .anyMatch(line -> line.startsWith("g.yaml:9:") && line.contains("expected"));
  }

  @Test
  void aLoadWithProblemsIsReportedUnderItsOwnName() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), "name: bad\nphases: []\nmonitos: 1\n");

    assertThat(problems("name: g\nloads: [{load: bad.yaml}, {load: nowhere.yaml}]\n"))
        .anyMatch(line -> line.startsWith("bad.yaml:3:1: unknown key"))
        .anyMatch(line -> line.startsWith("nowhere.yaml:1:1: no such file"));
  }

  @Test
  void whatCantBeMeasuredOnALoadIsRefused() throws IOException {
    assertThat(
            problems(
                """
                name: g
                engines: [nobody]
                loads:
                  - load: s.yaml
                    paired: [{metric: stalls, at_most_more: 1}]
                """))
        .anyMatch(line -> line.startsWith("g.yaml:2:") && line.contains("nobody"))
        .anyMatch(line -> line.startsWith("g.yaml:5:") && line.contains("drive `open`"));
  }

  @Test
  void anEmptyListOfLoadsIsRefused() throws IOException {
    assertThat(problems("name: g\nloads: []\n")).anyMatch(line -> line.contains("at least one"));
  }

  @Test
  void slicesHaveTheLengthThatTheirDriveWantsUnlessTold() throws IOException {
    String open = Files.readString(folder.resolve("o.yaml"));
    Files.writeString(folder.resolve("p.yaml"), open.replace("name: gate-open", "name: other"));
    Path file =
        Files.writeString(
            folder.resolve("g.yaml"),
            "name: g\nloads: [{load: s.yaml}, {load: o.yaml}, {load: p.yaml, slice: 250ms}]\n");

    assertThat(java.util.Objects.requireNonNull(GateReader.read(file).gate()).loads())
        .extracting(GateFile.GateLoad::sliceNanos)
        .containsExactly(20_000_000L, 100_000_000L, 250_000_000L);
  }

  @Test
  void thePublishedSchemaIsThatOfTheShapesAndAcceptsTheGateOfCi() throws IOException {
    String schema = JsonSchema.of("CPRA gate", GateShapes.ROOT);
    if (Boolean.getBoolean("cpra.schemas.write")) {
      Files.writeString(SCHEMA, schema);
    }
    assertThat(Files.readString(SCHEMA))
        .as("run this test again with -Dcpra.schemas.write=true, which rewrites it")
        .isEqualTo(schema);

    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    assertThat(compiled.validate(Files.readString(CI), InputFormat.YAML)).isEmpty();
    assertThat(
            compiled.validate(
                "{\"name\": \"g\", \"loads\": [{\"load\": \"s.yaml\", \"paired\":"
                    + " [{\"metric\": \"throughput\", \"at_most\": 1}]}]}",
                InputFormat.JSON))
        .isNotEmpty();
  }
}
