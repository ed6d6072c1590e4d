package dev.cpra.manifest.schema;

import static dev.cpra.manifest.schema.JsonSchema.object;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Shape.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What holds between keys, in the words of JSON Schema.
final class RuleSchema {
  private RuleSchema() {}

  static Map<String, Object> of(Rule rule, Shape shape) {
    return switch (rule) {
      case Rule.ExactlyOne one -> exactlyOne(one.sets(), shape);
      case Rule.OnlyWith only ->
          object("if", given(only.key(), shape), "then", value(only.by(), only.values(), shape));
      case Rule.NeededWith needed ->
          object(
              "if", value(needed.by(), needed.values(), shape), "then", given(needed.key(), shape));
    };
  }

  private static Map<String, Object> exactlyOne(List<List<String>> sets, Shape shape) {
    List<Object> ways = new ArrayList<>();
    for (List<String> set : sets) {
      List<Object> all = new ArrayList<>();
      set.forEach(key -> all.add(given(key, shape)));
      List<Object> others = new ArrayList<>();
      for (List<String> other : sets) {
        if (!other.equals(set)) {
          other.forEach(key -> others.add(given(key, shape)));
        }
      }
      ways.add(object("allOf", all, "not", object("anyOf", others)));
    }
    return object("oneOf", ways);
  }

  /// The key or one of its aliases is there.
  private static Map<String, Object> given(String key, Shape shape) {
    Field field = shape.fields().get(shape.position(key));
    if (field.aliases().isEmpty()) {
      return object("required", List.of(key));
    }
    List<Object> names = new ArrayList<>();
    names.add(object("required", List.of(key)));
    field.aliases().forEach(alias -> names.add(object("required", List.of(alias))));
    return object("anyOf", names);
  }

  /// The key has one of these values, by default if need be.
  private static Map<String, Object> value(String key, Set<String> values, Shape shape) {
    Field field = shape.fields().get(shape.position(key));
    Map<String, Object> schema =
        object("properties", object(key, object("enum", values.stream().sorted().toList())));
    if (!(field.fallback() instanceof String fallback && values.contains(fallback))) {
      schema.put("required", List.of(key));
    }
    return schema;
  }
}
