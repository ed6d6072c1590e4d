package dev.cpra.manifest.schema;

import dev.cpra.manifest.Durations;
import dev.cpra.manifest.Field;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Kinds;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.load.LoadShapes;
import dev.cpra.manifest.read.MonitorShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// JSON Schemas (draft 2020-12) of manifests and loads, made of the shapes that the loader checks.
///
/// Scalars that are checked for more than being strings may hold a variable (`${NAME}`) instead;
/// what it stands for only the loader can check.
public final class JsonSchema {
  private static final String VARIABLE = "variable";

  private final Kinds kinds;
  private final Map<Shape, String> names = new HashMap<>();
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private JsonSchema(Kinds kinds) {
    this.kinds = kinds;
    definitions.put(
        VARIABLE,
        object(
            "description",
            "A string with an environment variable, `${NAME}` or `${NAME:-default}`.",
            "type",
            "string",
            "pattern",
            "\\$\\{"));
  }

  /// The schema of manifests that name these kinds.
  public static String manifest(Kinds kinds) {
    return new JsonSchema(kinds).document("CPRA manifest", new MonitorShapes(kinds).root());
  }

  /// The schema of loads that name these kinds.
  public static String load(Kinds kinds) {
    return new JsonSchema(kinds).document("CPRA load", new LoadShapes(kinds).root());
  }

  /// The schema of any other document of this shape.
  public static String of(String title, Shape root) {
    return new JsonSchema(Kinds.onClassPath()).document(title, root);
  }

  /// Writes both schemas.
  ///
  /// @param args the folder
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.writeString(folder.resolve("manifest.schema.json"), manifest(Kinds.onClassPath()));
    Files.writeString(folder.resolve("load.schema.json"), load(Kinds.onClassPath()));
  }

  private String document(String title, Shape root) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(shape(root));
    schema.put("$defs", definitions);
    return JsonText.of(schema);
  }

  private Map<String, Object> reference(Shape shape, String wanted) {
    String name = names.get(shape);
    if (name == null) {
      name = wanted;
      for (int i = 2; definitions.containsKey(name); i++) {
        name = wanted + "-" + i;
      }
      names.put(shape, name);
      definitions.put(name, Map.of());
      definitions.put(name, shape(shape));
    }
    return object("$ref", "#/$defs/" + name);
  }

  private Map<String, Object> shape(Shape shape) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<Object> conditions = new ArrayList<>();
    for (Field field : shape.fields()) {
      properties.put(field.key(), property(field, field.doc()));
      for (String alias : field.aliases()) {
        properties.put(alias, property(field, "Another name of `" + field.key() + "`."));
      }
      if (field.required()) {
        required.add(field.key());
      }
      if (field.type() instanceof Type.Config config) {
        configs(config.section(), conditions);
      }
    }
    for (Shape.Rule rule : shape.rules()) {
      conditions.add(RuleSchema.of(rule, shape));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", shape.doc());
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("properties", properties);
    if (!conditions.isEmpty()) {
      schema.put("allOf", conditions);
    }
    return schema;
  }

  private void configs(Section section, List<Object> conditions) {
    for (Kind<?> kind : kinds.all(section)) {
      Map<String, Object> config =
          reference(kind.shape(), section.name().toLowerCase(Locale.ROOT) + "-" + kind.name());
      conditions.add(
          object(
              "if",
              object(
                  "properties",
                  object(section.kindKey(), object("const", kind.name())),
                  "required",
                  List.of(section.kindKey())),
              "then",
              object("properties", object(section.configKey(), config))));
    }
  }

  private Map<String, Object> property(Field field, String doc) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", doc);
    Object fallback = field.fallback();
    if (fallback != null) {
      schema.put(
          "default",
          field.type() instanceof Type.Duration && fallback instanceof Long nanos
              ? Durations.format(nanos)
              : fallback);
    }
    schema.putAll(type(field.type(), field.key()));
    return schema;
  }

  private Map<String, Object> type(Type type, String key) {
    return switch (type) {
      case Type.Text text -> text(text);
      case Type.Bool _ -> orVariable(object("type", "boolean"));
      case Type.Whole whole -> orVariable(whole(whole.min(), whole.max()));
      case Type.Decimal number ->
          orVariable(object("type", "number", "minimum", number.min(), "maximum", number.max()));
      case Type.Duration duration -> duration(duration);
      case Type.Bytes bytes ->
          anyOf(
              whole(bytes.min(), bytes.max()),
              object("type", "string", "pattern", "^[0-9]{1,12}(B|kB|MB|KiB|MiB)$"),
              object("$ref", "#/$defs/" + VARIABLE));
      case Type.Url url ->
          orVariable(
              object(
                  "type",
                  "string",
                  "pattern",
                  "^(" + String.join("|", url.schemes()) + ")://[^\\s/?#@]+([/?#]\\S*)?$"));
      case Type.Choice choice -> object("enum", choice.values());
      case Type.ListOf list -> list(list, key);
      case Type.MapOf map ->
          object(
              "type",
              "object",
              "additionalProperties",
              type(map.value(), key + "-entry"),
              "maxProperties",
              map.maxItems());
      case Type.Nested nested -> reference(nested.shape(), key);
      case Type.Either either ->
          object("anyOf", either.types().stream().map(one -> type(one, key)).toList());
      case Type.Later later -> type(later.type(), key);
      case Type.Config _ -> object("type", "object");
    };
  }

  private static Map<String, Object> text(Type.Text text) {
    Map<String, Object> schema = object("type", "string");
    if (text.minLength() > 0) {
      schema.put("minLength", text.minLength());
    }
    schema.put("maxLength", text.maxLength());
    if (text.pattern() == null) {
      return schema;
    }
    schema.put("pattern", "^(" + text.pattern().pattern() + ")$");
    return orVariable(schema);
  }

  private static Map<String, Object> whole(long min, long max) {
    Map<String, Object> schema = object("type", "integer");
    if (min != Long.MIN_VALUE) {
      schema.put("minimum", min);
    }
    if (max != Long.MAX_VALUE) {
      schema.put("maximum", max);
    }
    return schema;
  }

  private static Map<String, Object> duration(Type.Duration duration) {
    String sign = duration.minNanos() >= 0 ? "(?!-)" : "";
    String positive = duration.minNanos() > 0 ? "(?=.*[1-9])" : "";
    Map<String, Object> text =
        object("type", "string", "pattern", "^" + sign + positive + Durations.PATTERN + "$");
    Map<String, Object> variable = object("$ref", "#/$defs/" + VARIABLE);
    return duration.minNanos() > 0
        ? anyOf(text, variable)
        : anyOf(text, object("const", 0), variable);
  }

  private Map<String, Object> list(Type.ListOf list, String key) {
    Map<String, Object> item = type(list.item(), singular(key));
    Map<String, Object> array = object("type", "array", "items", item);
    if (list.maxItems() != Integer.MAX_VALUE) {
      array.put("maxItems", list.maxItems());
    }
    return list.orSingle() ? anyOf(item, array) : array;
  }

  private static String singular(String key) {
    return key.endsWith("s") ? key.substring(0, key.length() - 1) : key;
  }

  private static Map<String, Object> orVariable(Map<String, Object> schema) {
    return anyOf(schema, object("$ref", "#/$defs/" + VARIABLE));
  }

  private static Map<String, Object> anyOf(Object... schemas) {
    return object("anyOf", List.of(schemas));
  }

  /// A JSON object of keys and values in turn.
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
