package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `text` of an alert: a template without logic, in which `{{key}}` stands for a value.
public final class AlertTexts {
  /// What may stand between the braces.
  public static final Set<String> KEYS =
      Set.of("name", "code", "time", "since", "reason", "attempts", "labels", "dedup_key");

  /// Most pairs of braces in a template.
  public static final int PLACES_MAX = 100;

  static final Field FIELD =
      Field.of(
          "text",
          new Type.Text(1, 8_192, null, "a text"),
          "What the alert says; `{{name}}`, `{{code}}`, `{{reason}}`, `{{since}}`, `{{time}}`,"
              + " `{{attempts}}`, `{{labels}}` and `{{dedup_key}}` are filled in.");

  private AlertTexts() {}

  /// Reads `text`, and reports what is wrong with it.
  static @Nullable String read(Fields fields) {
    return read(fields, FIELD.key());
  }

  /// Reads a template, and reports what is wrong with it.
  static @Nullable String read(Fields fields, String key) {
    return read(fields, key, KEYS);
  }

  /// Reads a template in which these keys may stand, and reports what is wrong with it.
  static @Nullable String read(Fields fields, String key, Set<String> keys) {
    String text = fields.textOrNull(key);
    if (text == null) {
      return null;
    }
    try {
      if (Template.parse(text, keys).places() > PLACES_MAX) {
        fields.problem(key, "expected at most " + PLACES_MAX + " places to be filled in");
      }
    } catch (IllegalArgumentException wrong) {
      fields.problem(key, String.valueOf(wrong.getMessage()));
    }
    return fields.share(text);
  }
}
