package dev.cpra.manifest.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A text with `{{key}}` in it. Immutable.
public final class Template {
  private final List<String> parts;

  private Template(List<String> parts) {
    this.parts = parts;
  }

  /// Reads a template.
  ///
  /// @param keys what may stand between the braces
  /// @throws IllegalArgumentException if another key does; the text itself is not repeated
  public static Template parse(String text, Set<String> keys) {
    // Literal, key, literal, key, ..., literal.
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
      int close = text.indexOf("}}", open);
      String key = close < 0 ? "" : text.substring(open + 2, close).strip();
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            "expected one of "
                + keys.stream().sorted().toList()
                + " between {{ and }} at character "
                + (open + 1));
      }
      parts.add(text.substring(from, open));
      parts.add(key);
      from = close + 2;
    }
    parts.add(text.substring(from));
    return new Template(List.copyOf(parts));
  }

  /// How many keys are to be filled in.
  int places() {
    return parts.size() / 2;
  }

  /// The text with the keys' values.
  public String fill(UnaryOperator<String> valueOf) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      out.append(i % 2 == 0 ? parts.get(i) : valueOf.apply(parts.get(i)));
    }
    return out.toString();
  }
}
