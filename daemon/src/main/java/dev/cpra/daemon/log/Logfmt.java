package dev.cpra.daemon.log;

import java.nio.charset.StandardCharsets;

/// Builds one line in logfmt: `key=value` pairs, values in double quotes where they need them.
///
/// Whatever a value holds, it stays one line and one value: control and invisible formatting
/// characters are escaped, so nobody forges a second line or turns the text around in a terminal.
/// Used by one thread.
final class Logfmt {
  /// Most characters of a value; the rest is replaced by an ellipsis.
  static final int VALUE_MAX = 1_024;

  /// Most characters of a line; pairs beyond that are left out.
  static final int LINE_MAX = 8_192;

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder line = new StringBuilder(192);
  private boolean full;

  /// Appends a pair. Characters that a key may not have become `_`.
  Logfmt add(String key, String value) {
    if (full) {
      return this;
    }
    int start = line.length();
    if (start > 0) {
      line.append(' ');
    }
    appendKey(key);
    line.append('=');
    appendValue(value);
    if (line.length() > LINE_MAX) {
      line.setLength(start);
      line.append(" cut=true");
      full = true;
    }
    return this;
  }

  /// Appends a pair.
  Logfmt add(String key, long value) {
    return add(key, Long.toString(value));
  }

  /// The line with its end, in UTF-8.
  byte[] bytes() {
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void appendKey(String key) {
    if (key.isEmpty()) {
      line.append('_');
    }
    int length = Math.min(key.length(), 64);
    for (int i = 0; i < length; i++) {
      char c = key.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '.'
              || c == '-';
      line.append(plain ? c : '_');
    }
  }

  private void appendValue(String value) {
    int end = Math.min(value.length(), VALUE_MAX);
    if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
      end--; // not in the middle of a character
    }
    if (end == value.length() && isBare(value)) {
      line.append(value);
      return;
    }
    line.append('"');
    int i = 0;
    while (i < end) {
      int c = value.codePointAt(i);
      appendEscaped(c);
      i += Character.charCount(c);
    }
    if (end < value.length()) {
      line.append('…');
    }
    line.append('"');
  }

  private void appendEscaped(int c) {
    switch (c) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isInvisible(c)) {
          for (char unit : Character.toChars(c)) {
            line.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              line.append(HEX.charAt(unit >> shift & 0xF));
            }
          }
        } else {
          line.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static boolean isBare(String value) {
    if (value.isEmpty()) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }
}
