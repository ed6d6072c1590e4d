package dev.cpra.manifest.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Replaces `${NAME}`, `${file:/PATH}` and either with `:-default`; `$${` stands for `${`. A file's
/// value is its text without the last line break. The default also replaces an empty value, as
/// shells have it. A value is used as it is: no variable in it is replaced again.
final class Variables {
  /// Says what is wrong with a text, without any variable's value.
  static final class Unset extends Exception {
    private static final long serialVersionUID = 1;

    Unset(String message) {
      super(message);
    }
  }

  private static final String FILE = "file:";
  private static final int FILE_BYTES_MAX = 65_536;
  private static final int LENGTH_MAX = 1_048_576;

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
      if (out.length() > LENGTH_MAX) {
        throw new Unset(
            "too long with its variables replaced; expected at most " + LENGTH_MAX + " characters");
      }
      at = text.indexOf("${", from);
    }
    return out.append(text, from, text.length()).toString();
  }

  private String value(String inner) throws Unset {
    int mark = inner.indexOf(":-");
    String name = mark < 0 ? inner : inner.substring(0, mark);
    if (name.startsWith(FILE)) {
      String content = file(name.substring(FILE.length()));
      if (content != null && !(content.isEmpty() && mark >= 0)) {
        return content;
      }
      if (mark >= 0) {
        return inner.substring(mark + 2);
      }
      throw new Unset(
          "`${"
              + Words.shorten(name)
              + "}` cannot be read; expected the absolute path of a readable UTF-8 file of at most "
              + FILE_BYTES_MAX
              + " bytes");
    }
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

  /// A file's text, or null if there is none to be had.
  private static @Nullable String file(String name) {
    try {
      Path path = Path.of(name);
      // A pipe or a device could block or never end.
      if (!path.isAbsolute() || !Files.isRegularFile(path)) {
        return null;
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      }
      if (bytes.length > FILE_BYTES_MAX) {
        return null;
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException | InvalidPathException _) {
      return null;
    }
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
