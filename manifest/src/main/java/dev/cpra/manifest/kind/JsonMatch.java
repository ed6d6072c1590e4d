package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must be found in a JSON body. A path that finds several values needs one that fits; without
/// any further demand the path must find something.
///
/// @param path as [JsonPaths] compiles it
/// @param equal a string, a [Double] or a [Boolean] that the value must equal, or null
/// @param regex must be found in the value written as text, or null; [Regexes] compiles it
/// @param min least number, or null
/// @param max greatest number, or null
public record JsonMatch(
    String path,
    @Nullable Object equal,
    @Nullable String regex,
    @Nullable Double min,
    @Nullable Double max) {

  private static final Type NUMBER = new Type.Decimal(-1e15, 1e15);

  private static final Shape SHAPE =
      Shape.of(
          "What must be found in a JSON body.",
          Field.of("path", new Type.Text(1, 1_024, null, "a JSON path"), "Where: `$.status`.")
              .need(),
          Field.of(
              "equals",
              Type.Either.of(Type.BOOL, NUMBER, Type.TEXT),
              "The value: a string, a number, true or false."),
          Field.of("regex", Regexes.TYPE, "A regular expression to be found in the value."),
          Field.of("min", NUMBER, "The least number."),
          Field.of("max", NUMBER, "The greatest number."));

  /// The `json` key.
  static final Field FIELD =
      Field.of(
          "json",
          new Type.ListOf(new Type.Nested(SHAPE), true, 20),
          "What must be found in a JSON body; all of them.");

  /// Reads `json`.
  static List<JsonMatch> read(Fields expect) {
    List<JsonMatch> all = new ArrayList<>();
    for (Fields each : expect.items("json", Fields.class)) {
      String path = each.text("path");
      try {
        var _ = JsonPaths.compile(path);
      } catch (IllegalArgumentException wrong) {
        each.problem("path", String.valueOf(wrong.getMessage()));
      }
      Double min = number(each, "min");
      Double max = number(each, "max");
      if (min != null && max != null && min > max) {
        each.problem("max", "expected a number not below `min`");
      }
      all.add(new JsonMatch(path, each.get("equals"), Regexes.read(each, "regex"), min, max));
    }
    return List.copyOf(all);
  }

  private static @Nullable Double number(Fields fields, String key) {
    return fields.get(key) == null ? null : fields.get(key, Double.class);
  }
}
