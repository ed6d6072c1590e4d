package dev.cpra.manifest.read;

import dev.cpra.manifest.read.Node.Entry;
import dev.cpra.manifest.read.Node.Mapping;
import dev.cpra.manifest.read.Node.Scalar;
import dev.cpra.manifest.read.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reads the items of a long list of monitors many times faster than a parser of all YAML, as long
/// as they are written in the plain way that nearly all are: mappings and lists by indentation or
/// on one line in brackets, words and texts in quotes on one line, comments.
///
/// It reports nothing and decides nothing: whatever it does not know for sure (escapes, anchors,
/// tags, texts over several lines, empty values, a key given twice, tabs, a syntax error) ends it
/// before the item concerned, and the parser reads on from there. What it does read is, to the
/// place of each word, what the parser would have made of it. Used by one thread.
final class PlainItems {
  private static final int NODES_MAX = 4_000;
  private static final int DEPTH_MAX = 16;
  private static final int KEY_MAX = 128;

  /// This item is not written plainly.
  private static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Unusual() {
      super("unusual", null, false, false);
    }
  }

  private final LineBuffer text;
  private final Texts texts = new Texts();

  /// Of the list; -1 before its first item.
  private int indent = -1;

  private int nodes;

  // The place being read. The text behind the last line reads as a line break.
  private char[] chars = new char[0];
  private int position;
  private int lineStart;
  private int line;

  /// Where the next text stands on its line, from 0; -1 at the end of the file.
  private int column;

  /// @param text standing behind the line of the key
  PlainItems(LineBuffer text) {
    this.text = text;
  }

  /// How far the list's items are indented; -1 if none was read.
  int indent() {
    return indent;
  }

  /// The next item, or null if what follows is none, or not written plainly. The last one is the
  /// parser's if anything stands behind the list: what is wrong there may be wrong in the item.
  @Nullable Node next() {
    text.fill();
    chars = text.chars();
    position = text.from();
    lineStart = position;
    line = text.line();
    nodes = 0;
    try {
      toContent();
      if (column < 0 || (indent >= 0 && column != indent) || !atDash()) {
        return null;
      }
      int at = column;
      Node item = entry(0);
      if (column >= 0 && (column != at || !atDash())) {
        return null;
      }
      indent = at;
      text.consume(column < 0 ? position : lineStart, line);
      return item;
    } catch (Unusual _) {
      return null;
    }
  }

  // --- lines

  /// Passes over what is left of a line: blanks and a comment.
  private void endLine() {
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

  private void skipComment() {
    while (chars[position] != '\n') {
      printable(chars[position]);
      position++;
    }
  }

  private void nextLine() {
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
  private void toContent() {
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

  private void skipBlanks() {
    while (chars[position] == ' ') {
      position++;
    }
  }

  private boolean atDash() {
    return chars[position] == '-' && chars[position + 1] == ' ';
  }

  // --- by indentation; each of these ends at the next text behind it

  /// What stands behind a dash.
  private Node entry(int depth) {
    position++;
    skipBlanks();
    char first = chars[position];
    if (first == '\n' || first == '#' || atDash()) {
      throw new Unusual();
    }
    if (first == '{' || first == '[') {
      Node value = flow(depth);
      endOfValue();
      return value;
    }
    int at = position - lineStart;
    Scalar scalar = scalar(false);
    if (chars[position] == ':') {
      return mapping(at, scalar, depth);
    }
    endOfValue();
    return scalar;
  }

  private void endOfValue() {
    endLine();
    if (column >= 0) {
      toContent();
    }
  }

  private Node sequence(int at, int depth) {
    deeper(depth);
    int startLine = line;
    List<Node> items = new ArrayList<>();
    int weight = 1;
    while (column == at && atDash()) {
      Node item = entry(depth + 1);
      items.add(item);
      weight += item.weight();
    }
    if (column > at) {
      throw new Unusual();
    }
    return new Sequence(items, startLine, at + 1, weight);
  }

  private Node mapping(int at, Scalar first, int depth) {
    deeper(depth);
    List<Entry> entries = new ArrayList<>(6);
    int weight = 1;
    Scalar key = first;
    while (true) {
      key(key, entries);
      Node value = behindKey(at, depth);
      entries.add(new Entry(key, value));
      weight += 1 + value.weight();
      if (column > at || (column == at && atDash())) {
        throw new Unusual();
      }
      if (column < at) {
        return new Mapping(entries, first.line(), first.column(), weight);
      }
      key = scalar(false);
    }
  }

  /// A key of this mapping, at its colon.
  private void key(Scalar key, List<Entry> before) {
    String text = key.text();
    boolean colon = chars[position] == ':';
    if (!colon || (chars[position + 1] != ' ' && chars[position + 1] != '\n')) {
      throw new Unusual();
    }
    if (text.length() > KEY_MAX || text.equals("<<")) {
      throw new Unusual();
    }
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).key().text().equals(text)) {
        throw new Unusual();
      }
    }
    position++;
    skipBlanks();
  }

  private Node behindKey(int at, int depth) {
    char first = chars[position];
    if (first != '\n' && first != '#') {
      Node value = first == '{' || first == '[' ? flow(depth + 1) : scalar(false);
      endOfValue();
      return value;
    }
    if (first == '#') {
      skipComment();
    }
    nextLine();
    if (column >= 0) {
      toContent();
    }
    if (column >= at && atDash()) {
      return sequence(column, depth + 1);
    }
    if (column <= at) {
      throw new Unusual(); // an empty value
    }
    int below = column;
    char next = chars[position];
    if (next == '{' || next == '[') {
      throw new Unusual();
    }
    return mapping(below, scalar(false), depth + 1);
  }

  // --- in brackets; each of these ends right behind its last character

  private Node flow(int depth) {
    deeper(depth);
    int startColumn = position - lineStart + 1;
    boolean isMapping = chars[position] == '{';
    char close = isMapping ? '}' : ']';
    List<Entry> entries = new ArrayList<>(isMapping ? 6 : 0);
    List<Node> items = new ArrayList<>(isMapping ? 0 : 4);
    int weight = 1;
    position++;
    skipBlanks();
    boolean more = chars[position] != close;
    while (more) {
      if (isMapping) {
        Scalar key = scalar(true);
        key(key, entries);
        Node value = flowValue(depth);
        entries.add(new Entry(key, value));
        weight += 1 + value.weight();
      } else {
        Node item = flowValue(depth);
        items.add(item);
        weight += item.weight();
      }
      skipBlanks();
      more = chars[position] == ',';
      if (more) {
        position++;
        skipBlanks();
      } else if (chars[position] != close) {
        throw new Unusual();
      }
    }
    position++;
    return isMapping
        ? new Mapping(entries, line, startColumn, weight)
        : new Sequence(items, line, startColumn, weight);
  }

  private Node flowValue(int depth) {
    char first = chars[position];
    return first == '{' || first == '[' ? flow(depth + 1) : scalar(true);
  }

  private void deeper(int depth) {
    if (depth > DEPTH_MAX || ++nodes > NODES_MAX) {
      throw new Unusual();
    }
  }

  // --- words

  private Scalar scalar(boolean inFlow) {
    if (++nodes > NODES_MAX) {
      throw new Unusual();
    }
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
