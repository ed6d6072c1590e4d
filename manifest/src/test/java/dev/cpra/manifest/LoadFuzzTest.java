package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cpra.manifest.load.Generate;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.MonitorSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes make a load or problems with their places. Without fuzzing the kept inputs are
/// replayed.
final class LoadFuzzTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeAManifestToName() {
    TestFiles.write(folder, "20.yaml", "monitors: []\n");
  }

  static Stream<Arguments> seeds() {
    return SchemaTest.seeds("load-corpus.txt");
  }

  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "manifest.dict")
  @FuzzTest(maxDuration = "5m")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anyBytesMakeALoadOrProblems(byte[] bytes) {
    FuzzedFile file = new FuzzedFile(folder, bytes);
    if (file.isPacked()) {
      check(file, "l.yaml.gz");
    } else {
      check(file, "l.yaml");
      check(file, "l.json");
    }
  }

  private static void check(FuzzedFile bytes, String name) {
    Path file = bytes.as(name);
    LoadsResult result = Loads.load(FuzzedFile.OPTIONS, List.of(file));
    bytes.checkPlaces(result.problems());
    assertThat(result.loads()).hasSize(result.problems().isEmpty() ? 1 : 0);
    Documents.Validation validation = Documents.validate(file, FuzzedFile.OPTIONS);
    bytes.checkPlaces(validation.problems());
    if (validation.type() == Documents.Type.LOAD && !result.problems().isEmpty()) {
      assertThat(validation.problems()).isEqualTo(result.problems());
    }
    for (Load load : result.loads()) {
      readMonitors(load);
    }
  }

  /// What was accepted is there when it is asked for.
  private static void readMonitors(Load load) {
    LoadOptions placed = load.targets().placeholders(FuzzedFile.OPTIONS);
    switch (load.monitors()) {
      case MonitorSource.Generated generated -> {
        Generate generate = generated.generate();
        assertThat(generated.resolve(placed).problems()).isEmpty();
        assertThat(generate.name(generate.count() - 1)).isNotBlank();
      }
      case MonitorSource.Inline inline ->
          assertThat(inline.read(placed).monitors()).hasSize(inline.count());
      case MonitorSource.FromManifest named -> assertThat(named.read(placed).problems()).isEmpty();
    }
  }
}
