package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes make a manifest or problems with their places. Without fuzzing the kept inputs are
/// replayed.
final class ManifestFuzzTest {
  @TempDir static Path folder;

  static Stream<Arguments> seeds() {
    return SchemaTest.seeds("manifest-corpus.txt");
  }

  @MethodSource("seeds")
  @DictionaryFile(resourcePath = "manifest.dict")
  @FuzzTest(maxDuration = "5m")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anyBytesMakeAManifestOrProblems(byte[] bytes) {
    FuzzedFile file = new FuzzedFile(folder, bytes);
    if (file.isPacked()) {
      check(file, "m.yaml.gz");
      return;
    }
    LoadResult plain = check(file, "m.yaml");
    check(file, "m.json");
    if (plain.ok()) {
      assertThat(check(file, "m.yaml.gz").monitors()).isEqualTo(plain.monitors());
    }
  }

  private static LoadResult check(FuzzedFile bytes, String name) {
    Path file = bytes.as(name);
    LoadResult result = Manifests.load(file, FuzzedFile.OPTIONS);
    bytes.checkPlaces(result.problems());
    assertThat(result.report().isEmpty()).isEqualTo(result.ok());
    if (Documents.typeOf(file) == Documents.Type.MANIFEST) {
      Documents.Validation validation = Documents.validate(file, FuzzedFile.OPTIONS);
      assertThat(validation.problems()).isEqualTo(result.problems());
      assertThat(validation.moreProblems()).isEqualTo(result.moreProblems());
    }
    return result;
  }
}
