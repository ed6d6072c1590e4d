package dev.cpra.manifest.read;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text of which a part ahead can be looked at before it is decided who reads it. What fails
/// while reading ahead is thrown when that place is read. Used by one thread.
final class LineBuffer {
  /// How much is ahead at least, unless the text ends before.
  static final int AHEAD = 1 << 16;

  /// Most characters before the line that is searched for.
  static final int HEAD_MAX = 1 << 20;

  private final Reader text;
  private char[] chars = new char[4 * AHEAD];
  private int from;
  private int to;
  private int line = 1;
  private boolean ended;
  private @Nullable IOException failed;

  LineBuffer(Reader text) {
    this.text = text;
  }

  /// Searches for a line that holds this and nothing else but blanks behind it.
  ///
  /// @return the text up to the end of that line, now behind us, or null if it is not near: nothing
  ///   has moved then
  @Nullable String upToLine(String wanted) {
    int start = 0;
    int lines = 0;
    while (to < HEAD_MAX) {
      int end = start;
      while (end < to && chars[end] != '\n') {
        end++;
      }
      if (end == to) {
        if (ended || !more()) {
          return null;
        }
        continue;
      }
      lines++;
      if (isLine(wanted, start, end)) {
        from = end + 1;
        line = lines + 1;
        return new String(chars, 0, from);
      }
      start = end + 1;
    }
    return null;
  }

  private boolean isLine(String wanted, int start, int end) {
    int length = wanted.length();
    if (end - start < length) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char expected = i < start + length ? wanted.charAt(i - start) : ' ';
      if (chars[i] != expected) {
        return false;
      }
    }
    return true;
  }

  /// Reads on until enough is ahead.
  void fill() {
    if (to - from >= AHEAD || ended) {
      chars[to] = '\n';
      return;
    }
    System.arraycopy(chars, from, chars, 0, to - from);
    to -= from;
    from = 0;
    boolean open = true;
    while (open && to < chars.length / 2) {
      open = more();
    }
    chars[to] = '\n';
  }

  /// Reads once; keeps a place free behind the last character.
  private boolean more() {
    if (to >= chars.length - 1) {
      chars = Arrays.copyOf(chars, 2 * chars.length);
    }
    try {
      int count = text.read(chars, to, chars.length - 1 - to);
      ended = count < 0;
      to += Math.max(0, count);
    } catch (IOException e) {
      failed = e;
      ended = true;
    }
    return !ended;
  }

  /// What was read; the character at [#to] is a line break that is not there.
  char[] chars() {
    return chars;
  }

  /// Where the unread part begins, at the start of a line.
  int from() {
    return from;
  }

  /// Where it ends.
  int to() {
    return to;
  }

  /// Whether the text ends there, and ends well.
  boolean isWhole() {
    return ended && failed == null;
  }

  /// The number of the line where the unread part begins, from 1.
  int line() {
    return line;
  }

  /// Everything before this place, the start of a line of this number, is read.
  void consume(int place, int lineThere) {
    from = place;
    line = lineThere;
  }

  /// The unread part, behind a text of one's own. Afterwards this buffer is of no use.
  Reader rest(String before) {
    return new Rest(before);
  }

  private final class Rest extends Reader {
    private final String before;
    private int given;

    Rest(String before) {
      this.before = before;
    }

    @Override
    public int read(char[] into, int offset, int most) throws IOException {
      if (given < before.length()) {
        int count = Math.min(most, before.length() - given);
        before.getChars(given, given + count, into, offset);
        given += count;
        return count;
      }
      if (from < to) {
        int count = Math.min(most, to - from);
        System.arraycopy(chars, from, into, offset, count);
        from += count;
        return count;
      }
      if (failed != null) {
        throw failed;
      }
      return ended ? -1 : text.read(into, offset, most);
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
