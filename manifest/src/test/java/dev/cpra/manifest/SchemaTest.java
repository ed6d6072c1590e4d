package dev.cpra.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.read.Document;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import dev.cpra.manifest.read.Scalars;
import dev.cpra.manifest.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The published schemas are those of the shapes, and say what the loader says.
///
/// What a JSON Schema cannot say stands in the corpus as `blind`: it accepts them, the loader does
/// not.
final class SchemaTest {
  private static final Path DOCS = Path.of("..", "docs");

  @TempDir Path folder;

  /// A document of the corpus.
  ///
  /// @param verdict `valid`, `invalid` or `blind`
  record Case(String verdict, String name, String yaml) {
    @Override
    public String toString() {
      return verdict + ": " + name;
    }
  }

  static List<Case> cases(String corpus) {
    String text;
    try {
      text = Files.readString(TestFiles.resource(corpus));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    List<Case> cases = new ArrayList<>();
    for (String block : text.split("(?m)^=== ", -1)) {
      if (block.isBlank() || block.startsWith("#")) {
        continue;
      }
      String[] head = block.substring(0, block.indexOf('\n')).split(" ", 2);
      cases.add(new Case(head[0], head[1], block.substring(block.indexOf('\n') + 1)));
    }
    return cases;
  }

  /// A corpus as inputs to begin a fuzzing with.
  static Stream<Arguments> seeds(String corpus) {
    return cases(corpus).stream()
        .map(each -> arguments(named(each.toString(), each.yaml().getBytes(UTF_8))));
  }

  static Stream<Case> manifests() {
    return cases("manifest-corpus.txt").stream();
  }

  static Stream<Case> loads() {
    return cases("load-corpus.txt").stream();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void loaderAndSchemaAgreeOnManifests(Case example) {
    Path file = TestFiles.write(folder, "m.yaml", example.yaml());
    LoadResult result = Manifests.load(file, LoadOptions.defaults().withVariables(_ -> "7"));

    verdict(example, result.ok(), result.report(), SchemaCheck.manifest(json(file)));
    assertThat(Documents.typeOf(file)).isEqualTo(Documents.Type.MANIFEST);
  }

  @ParameterizedTest
  @MethodSource("loads")
  void loaderAndSchemaAgreeOnLoads(Case example) {
    TestFiles.write(folder, "20.yaml", "monitors: []\n");
    Path file = TestFiles.write(folder, "l.yaml", example.yaml());
    var result = Loads.load(LoadOptions.defaults().withVariables(_ -> null), List.of(file));

    verdict(
        example, result.ok(), Problem.report(result.problems(), 0), SchemaCheck.load(json(file)));
    assertThat(Documents.typeOf(file)).isEqualTo(Documents.Type.LOAD);
  }

  private static void verdict(Case example, boolean loaded, String report, SchemaCheck schema) {
    assertThat(loaded).as(report).isEqualTo(example.verdict().equals("valid"));
    if (example.verdict().equals("invalid")) {
      schema.refuses();
    } else {
      schema.accepts();
    }
  }

  @Test
  void thePublishedSchemasAreThoseOfTheShapes() throws IOException {
    String remedy = "run this test again with -Dcpra.schemas.write=true, which rewrites them";
    if (Boolean.getBoolean("cpra.schemas.write")) {
      JsonSchema.main(new String[] {DOCS.toString()});
    }
    assertThat(Files.readString(DOCS.resolve("manifest.schema.json")))
        .as(remedy)
        .isEqualTo(JsonSchema.manifest(Kinds.onClassPath()));
    assertThat(Files.readString(DOCS.resolve("load.schema.json")))
        .as(remedy)
        .isEqualTo(JsonSchema.load(Kinds.onClassPath()));
  }

  /// The document as JSON, read with the loader's own parser.
  private static String json(Path file) {
    Map<String, Object> root = new LinkedHashMap<>();
    Document.visit(
        file,
        new Problems("", 10),
        100_000,
        document -> {
          Node.Scalar key = document.nextKey();
          while (key != null) {
            root.put(key.text(), value(document.value()));
            key = document.nextKey();
          }
        });
    return Examples.text(root);
  }

  private static Object value(Node node) {
    return switch (node) {
      case Node.Scalar scalar ->
          switch (Scalars.classify(scalar)) {
            case INT -> Long.valueOf(scalar.text());
            case FLOAT -> Double.valueOf(scalar.text());
            case BOOL -> Boolean.valueOf(scalar.text());
            case NULL -> List.of(List.of());
            case TEXT -> scalar.text();
          };
      case Node.Sequence sequence -> sequence.items().stream().map(SchemaTest::value).toList();
      case Node.Mapping mapping -> {
        Map<String, Object> map = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> map.put(entry.key().text(), value(entry.value())));
        yield map;
      }
      case Node.Broken _ -> "broken";
    };
  }
}
