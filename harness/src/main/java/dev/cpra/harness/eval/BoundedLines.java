package dev.cpra.harness.eval;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Reads lines of which only the first [#LENGTH_MAX] characters are kept, so that no output,
/// however odd, fills the memory. Not thread-safe.
final class BoundedLines {
  static final int LENGTH_MAX = 16_384;

  private final Reader reader;

  /// @param reader should be buffered
  BoundedLines(Reader reader) {
    this.reader = reader;
  }

  /// The next line without its end, or null at the end of the input.
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() < LENGTH_MAX) {
        line.append((char) c);
      }
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }
}
