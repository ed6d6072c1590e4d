package dev.cpra.harness.eval;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Reads lines of which only so many characters are kept, so that no output, however odd, fills the
/// memory. Not thread-safe.
public final class BoundedLines {
  /// How many characters of a line are kept, unless asked otherwise.
  public static final int LENGTH_MAX = 16_384;

  private final Reader reader;
  private final int lengthMax;

  /// @param reader should be buffered
  public BoundedLines(Reader reader) {
    this(reader, LENGTH_MAX);
  }

  /// @param lengthMax how many characters of a line are kept
  public BoundedLines(Reader reader, int lengthMax) {
    this.reader = reader;
    this.lengthMax = lengthMax;
  }

  /// The next line without its end, or null at the end of the input.
  public @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() < lengthMax) {
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
