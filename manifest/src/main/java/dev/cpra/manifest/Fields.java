package dev.cpra.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The checked values of one mapping: of the types its [Shape] declares, defaults filled in,
/// variables replaced. Asking for a key that has neither a value nor a default is a programming
/// error, except through the methods that answer null.
public interface Fields {
  /// Whether the file gave the key or one of its aliases.
  boolean has(String key);

  /// The value or the default in its Java form, or null.
  @Nullable Object get(String key);

  /// A value of this class.
  ///
  /// @throws IllegalStateException if there is none or it has another class
  default <T> T get(String key, Class<T> type) {
    Object value = get(key);
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          key
              + ": expected a "
              + type.getSimpleName()
              + ", found "
              + (value == null ? "nothing" : "a " + value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }

  /// A string.
  default String text(String key) {
    return get(key, String.class);
  }

  /// A string or null.
  default @Nullable String textOrNull(String key) {
    return get(key) == null ? null : text(key);
  }

  /// An integer; its shape keeps it within an `int`.
  default int whole(String key) {
    return Math.toIntExact(get(key, Long.class));
  }

  /// A duration in nanoseconds.
  default long nanos(String key) {
    return get(key, Long.class);
  }

  /// A flag.
  default boolean flag(String key) {
    return get(key, Boolean.class);
  }

  /// A list of strings, empty when there is none.
  default List<String> texts(String key) {
    return items(key, String.class);
  }

  /// A list of items of one class, empty when there is none.
  <T> List<T> items(String key, Class<T> type);

  /// A mapping of strings to values of one class, empty when there is none.
  <T> Map<String, T> entries(String key, Class<T> type);

  /// A mapping of known shape, or null.
  default @Nullable Fields nested(String key) {
    return get(key) == null ? null : get(key, Fields.class);
  }

  /// An equal object that was shared before, or this one, shared from now on. For parts that repeat
  /// from monitor to monitor: header lists, expectations.
  <T> T share(T value);

  /// Reports something wrong with this key's value, or with the whole mapping if the key is not
  /// given.
  void problem(String key, String message);
}
