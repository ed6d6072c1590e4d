package dev.cpra.manifest.read;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.read.Node.Mapping;
import dev.cpra.manifest.read.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of one mapping and where they stand. By position of the field in the shape: what was
/// given (its node, and its key as written) and what came of it, null when that is wrong.
final class Bound implements Fields {
  private final Binder binder;
  final Shape shape;
  final Mapping mapping;
  final @Nullable Object[] values;
  final @Nullable Node[] nodes;
  final @Nullable Scalar[] places;
  private final List<String> where;

  Bound(Binder binder, Shape shape, Mapping mapping, List<String> where) {
    this.binder = binder;
    this.shape = shape;
    this.mapping = mapping;
    this.where = where;
    int size = shape.fields().size();
    values = new Object[size];
    nodes = new Node[size];
    places = new Scalar[size];
  }

  String keyAt(int position) {
    Scalar key = places[position];
    return key == null ? shape.fields().get(position).key() : key.text();
  }

  int at(String key) {
    int position = shape.position(key);
    if (position < 0) {
      throw new IllegalStateException("no such field: " + key + " in " + shape.doc());
    }
    return position;
  }

  @Override
  public boolean has(String key) {
    return nodes[at(key)] != null;
  }

  @Override
  public @Nullable Object get(String key) {
    int position = at(key);
    Object value = values[position];
    return value != null || nodes[position] != null
        ? value
        : shape.fields().get(position).fallback();
  }

  @Override
  public <T> List<T> items(String key, Class<T> type) {
    Object value = get(key);
    if (value == null) {
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (Object item : (List<?>) value) {
      items.add(type.cast(item));
    }
    return binder.share(List.copyOf(items));
  }

  @Override
  public <T> Map<String, T> entries(String key, Class<T> type) {
    Map<String, T> entries = new LinkedHashMap<>();
    if (get(key) instanceof Map<?, ?> given) {
      given.forEach((name, value) -> entries.put((String) name, type.cast(value)));
    }
    return entries;
  }

  @Override
  public <T> T share(T value) {
    return binder.share(value);
  }

  @Override
  public void problem(String key, String message) {
    Node node = nodes[at(key)];
    binder.problemBelow(where, node == null ? null : key, node == null ? mapping : node, message);
  }
}
