package dev.cpra.manifest.read;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Replaces `${NAME}` and `${NAME:-default}`; `$${` stands for `${`. The default also replaces an
/// empty value, as shells have it. A value is used as it is: no variable in it is replaced again.
final class Variables {
  /// Says what is wrong with a text, without any variable's value.
  static final class Unset extends Exception {
    private static final long serialVersionUID = 1;

    Unset(String message) {
      super(message);
    }
  }

  private final Function<String, @Nullable String> lookup;

  Variables(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  /// Whether there is anything to replace.
  static boolean in(String text) {
    return text.indexOf('$') >= 0 && text.contains("${");
  }

  /// The text with every variable replaced.
  String expand(String text) throws Unset {
    StringBuilder out = new StringBuilder(text.length() + 32);
    int from = 0;
    int at = text.indexOf("${");
    while (at >= 0) {
      if (at > from && text.charAt(at - 1) == '$') {
        out.append(text, from, at - 1).append("${");
        from = at + 2;
      } else {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new Unset(
              "`${` without `}`; expected `${NAME}` or `${NAME:-default}`; write `$${` for the"
                  + " characters themselves");
        }
        out.append(text, from, at).append(value(text.substring(at + 2, end)));
        from = end + 1;
      }
      at = text.indexOf("${", from);
    }
    return out.append(text, from, text.length()).toString();
  }

  private String value(String inner) throws Unset {
    int mark = inner.indexOf(":-");
    String name = mark < 0 ? inner : inner.substring(0, mark);
    if (!isName(name)) {
      throw new Unset(
          "`${"
              + Words.shorten(name)
              + "}` names no variable; expected letters, digits and `_`;"
              + " write `$${` for the characters themselves");
    }
    String value = lookup.apply(name);
    if (mark >= 0) {
      return value == null || value.isEmpty() ? inner.substring(mark + 2) : value;
    }
    if (value == null) {
      throw new Unset(
          "variable `"
              + Words.shorten(name)
              + "` is not set; set it, or give a default:"
              + " `${"
              + Words.shorten(name)
              + ":-value}`");
    }
    return value;
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
      if (!letter && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }
}
