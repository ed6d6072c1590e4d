package dev.cpra.manifest.read;

import dev.cpra.manifest.read.Node.Scalar;
import org.yaml.snakeyaml.reader.StreamReader;

/// The lines and words of a text as [PlainItems] reads them, and the place that it has come to.
/// Whatever is not certainly plain is [Unusual]. Used by one thread.
final class PlainText {
  /// What stands here is not written plainly.
  static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusual() {
      super("unusual", null, false, false);
    }
  }

  private final LineBuffer text;
  private final Texts texts = new Texts();

  // The place being read. The text behind the last line reads as a line break.
  private char[] chars = new char[0];
  private int position;
  private int lineStart;
  private int line;
  private int column;

  /// @param text standing at the start of a line
  PlainText(LineBuffer text) {
    this.text = text;
  }

  /// Goes to the first text that is not read yet.
  void begin() {
    text.fill();
    chars = text.chars();
    position = text.from();
    lineStart = position;
    line = text.line();
    toContent();
  }

  /// All before the line of this place is read for good; all of the file at its end.
  void keep() {
    text.consume(atEnd() ? position : lineStart, line);
  }

  /// Whether the file ends here.
  boolean atEnd() {
    return column < 0;
  }

  /// Where the text that this line begins with stands on it, from 0; -1 at the end of the file.
  int column() {
    return column;
  }

  /// The number of this line, from 1.
  int line() {
    return line;
  }

  /// Where on its line this place is, from 0.
  int place() {
    return position - lineStart;
  }

  /// The character here.
  char here() {
    return chars[position];
  }

  /// The one behind it.
  char next() {
    return chars[position + 1];
  }

  /// Passes over it.
  void skip() {
    position++;
  }

  /// Passes over what is left of a line: blanks and a comment.
  void endLine() {
    int before = position;
    skipBlanks();
    if (chars[position] == '#' && position > before) {
      skipComment();
    }
    if (chars[position] != '\n') {
      throw new Unusual();
    }
    nextLine();
  }

  /// Passes over a comment.
  void skipComment() {
    while (chars[position] != '\n') {
      printable(chars[position]);
      position++;
    }
  }

  /// Goes to the start of the next line.
  void nextLine() {
    if (position >= text.to()) {
      if (!text.isWhole()) {
        throw new Unusual(); // longer than what is looked at
      }
      column = -1;
      return;
    }
    position++;
    lineStart = position;
    line++;
    column = 0;
  }

  /// From the start of a line to the next text.
  void toContent() {
    column = 0;
    while (column >= 0) {
      skipBlanks();
      if (chars[position] == '#') {
        skipComment();
      }
      if (chars[position] != '\n') {
        column = position - lineStart;
        return;
      }
      nextLine();
    }
  }

  /// Passes over blanks on this line.
  void skipBlanks() {
    while (chars[position] == ' ') {
      position++;
    }
  }

  /// Whether an item of a list begins here.
  boolean atDash() {
    return chars[position] == '-' && chars[position + 1] == ' ';
  }

  /// The word, or text in quotes, that stands here; reads it, but not the blanks behind it.
  ///
  /// @param inFlow whether it stands in brackets
  Scalar scalar(boolean inFlow) {
    int start = position;
    char first = chars[start];
    if (first == '"' || first == '\'') {
      return quoted(first);
    }
    if (first == '-' ? !isLetter(chars[start + 1]) : !mayBegin(first)) {
      throw new Unusual();
    }
    int end = plainEnd(inFlow);
    position = end;
    return new Scalar(texts.of(chars, start, end), true, line, start - lineStart + 1);
  }

  private Scalar quoted(char quote) {
    int start = position++;
    while (chars[position] != quote) {
      if (chars[position] == '\\' && quote == '"') {
        throw new Unusual();
      }
      printable(chars[position]);
      position++;
    }
    String inside = texts.of(chars, start + 1, position);
    position++;
    if (chars[position] == quote) {
      throw new Unusual();
    }
    return new Scalar(inside, false, line, start - lineStart + 1);
  }

  /// Finds the end of a word or words without quotes, blanks behind it left out.
  private int plainEnd(boolean inFlow) {
    int end = position;
    int at = position;
    while (true) {
      char c = chars[at];
      if (c == '\n' || (c == '#' && at > end)) {
        return end;
      }
      if (c == ':') {
        char next = chars[at + 1];
        if (next == ' ' || next == '\n') {
          return end;
        }
        if (inFlow && isBracket(next)) {
          throw new Unusual();
        }
      } else if (inFlow && isBracket(c)) {
        return end;
      } else if (inFlow && c == '?') {
        throw new Unusual();
      }
      at++;
      if (c != ' ') {
        printable(c);
        end = at;
      }
    }
  }

  private static boolean isBracket(char c) {
    return c == ',' || c == '}' || c == ']' || c == '{' || c == '[';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean mayBegin(char first) {
    return switch (first) {
      case '_', '/', '.', '$', '(', '+', '~', '^', ';' -> true;
      default -> isLetter(first) || first >= 0xA0;
    };
  }

  /// Refuses what is no text, ends a line or takes two characters.
  private static void printable(char c) {
    if (c >= ' ' && c < 0x7F) {
      return;
    }
    boolean simple =
        c >= 0xA0
            && !Character.isSurrogate(c)
            && c != 0x2028
            && c != 0x2029
            && c != 0xFEFF
            && StreamReader.isPrintable(c);
    if (!simple) {
      throw new Unusual();
    }
  }
}
