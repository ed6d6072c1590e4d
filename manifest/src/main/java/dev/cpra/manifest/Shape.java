package dev.cpra.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys a mapping may have, as data: the loader checks files against it, the JSON Schema is
/// generated from it. Immutable.
public final class Shape {
  private final String doc;
  private final List<Field> fields;
  private final List<Rule> rules;
  private final Map<String, Integer> positions = new HashMap<>();

  private Shape(String doc, List<Field> fields, List<Rule> rules) {
    this.doc = doc;
    this.fields = List.copyOf(fields);
    this.rules = List.copyOf(rules);
    for (int i = 0; i < fields.size(); i++) {
      register(fields.get(i).key(), i);
      for (String alias : fields.get(i).aliases()) {
        register(alias, i);
      }
    }
  }

  private void register(String key, int position) {
    if (positions.put(key, position) != null) {
      throw new IllegalArgumentException("shape `" + doc + "`: two fields are called " + key);
    }
  }

  /// What holds between keys.
  public sealed interface Rule {
    /// All keys of exactly one of these sets are given, and none of the others'.
    record ExactlyOne(List<List<String>> sets) implements Rule {}

    /// The key is given only where `by` has one of these values.
    record OnlyWith(String key, String by, Set<String> values) implements Rule {}

    /// The key is given wherever `by` has one of these values.
    record NeededWith(String key, String by, Set<String> values) implements Rule {}
  }

  /// A mapping of these keys and no other.
  public static Shape of(String doc, Field... fields) {
    return new Shape(doc, Arrays.asList(fields), List.of());
  }

  /// This shape with a rule more.
  public Shape with(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new Shape(doc, fields, more);
  }

  /// This shape with further keys.
  public Shape with(Field... further) {
    List<Field> more = new ArrayList<>(fields);
    more.addAll(Arrays.asList(further));
    return new Shape(doc, more, rules);
  }

  /// This shape with every key optional and without defaults.
  public Shape optional() {
    List<Field> loose = new ArrayList<>();
    for (Field field : fields) {
      loose.add(
          new Field(
              field.key(),
              field.type(),
              field.doc(),
              false,
              null,
              field.aliases(),
              field.secret()));
    }
    return new Shape(doc, loose, List.of());
  }

  /// One line: what the mapping describes.
  public String doc() {
    return doc;
  }

  /// The keys, in the order of documentation.
  public List<Field> fields() {
    return fields;
  }

  /// What holds between the keys.
  public List<Rule> rules() {
    return rules;
  }

  /// The position of the field with this key or alias in [#fields], -1 if there is none.
  public int position(String keyOrAlias) {
    Integer position = positions.get(keyOrAlias);
    return position == null ? -1 : position;
  }

  /// Every key and alias.
  public Set<String> keys() {
    return Collections.unmodifiableSet(positions.keySet());
  }
}
