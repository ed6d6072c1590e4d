package dev.cpra.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One key of a [Shape].
///
/// @param key as the file writes it
/// @param type what its value may be
/// @param doc one line for people: what it means
/// @param required whether leaving it out is an error
/// @param fallback the value when it is left out, in the type's Java form, or null for none
/// @param aliases other names of the key; two of them with different values are an error
/// @param secret whether its value must never be shown
public record Field(
    String key,
    Type type,
    String doc,
    boolean required,
    @Nullable Object fallback,
    List<String> aliases,
    boolean secret) {

  /// An optional key without a default.
  public static Field of(String key, Type type, String doc) {
    return new Field(key, type, doc, false, null, List.of(), false);
  }

  /// This key, required.
  public Field need() {
    return new Field(key, type, doc, true, fallback, aliases, secret);
  }

  /// This key with a default, in the type's Java form.
  public Field or(Object value) {
    return new Field(key, type, doc, required, value, aliases, secret);
  }

  /// This key with other names.
  public Field alias(String... names) {
    return new Field(key, type, doc, required, fallback, List.of(names), secret);
  }

  /// This key, its value never shown in an error.
  public Field hide() {
    return new Field(key, type, doc, required, fallback, aliases, true);
  }
}
