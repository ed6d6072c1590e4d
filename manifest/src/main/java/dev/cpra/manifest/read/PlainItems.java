package dev.cpra.manifest.read;

import dev.cpra.manifest.read.Node.Entry;
import dev.cpra.manifest.read.Node.Mapping;
import dev.cpra.manifest.read.Node.Scalar;
import dev.cpra.manifest.read.Node.Sequence;
import dev.cpra.manifest.read.PlainText.Unusual;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private final PlainText text;

  /// Of the list; -1 before its first item.
  private int indent = -1;

  private int nodes;

  /// @param text standing behind the line of the key
  PlainItems(LineBuffer text) {
    this.text = new PlainText(text);
  }

  /// How far the list's items are indented; -1 if none was read.
  int indent() {
    return indent;
  }

  /// The next item, or null if what follows is none, or not written plainly. The last one is the
  /// parser's if anything stands behind the list: what is wrong there may be wrong in the item.
  @Nullable Node next() {
    nodes = 0;
    try {
      text.begin();
      int at = text.column();
      if (text.atEnd() || (indent >= 0 && at != indent) || !text.atDash()) {
        return null;
      }
      Node item = entry(0);
      if (!text.atEnd() && (text.column() != at || !text.atDash())) {
        return null;
      }
      indent = at;
      text.keep();
      return item;
    } catch (Unusual _) {
      return null;
    }
  }

  // --- by indentation; each of these ends at the next text behind it

  /// What stands behind a dash.
  private Node entry(int depth) {
    text.skip();
    text.skipBlanks();
    char first = text.here();
    if (first == '\n' || first == '#' || text.atDash()) {
      throw new Unusual();
    }
    if (first == '{' || first == '[') {
      Node value = flow(depth);
      endOfValue();
      return value;
    }
    int at = text.place();
    Scalar scalar = scalar(false);
    if (text.here() == ':') {
      return mapping(at, scalar, depth);
    }
    endOfValue();
    return scalar;
  }

  private void endOfValue() {
    text.endLine();
    if (!text.atEnd()) {
      text.toContent();
    }
  }

  private Node sequence(int at, int depth) {
    deeper(depth);
    int startLine = text.line();
    List<Node> items = new ArrayList<>();
    int weight = 1;
    while (text.column() == at && text.atDash()) {
      Node item = entry(depth + 1);
      items.add(item);
      weight += item.weight();
    }
    if (text.column() > at) {
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
      if (text.column() > at || (text.column() == at && text.atDash())) {
        throw new Unusual();
      }
      if (text.column() < at) {
        return new Mapping(entries, first.line(), first.column(), weight);
      }
      key = scalar(false);
    }
  }

  /// A key of this mapping, at its colon.
  private void key(Scalar key, List<Entry> before) {
    String name = key.text();
    boolean colon = text.here() == ':';
    if (!colon || (text.next() != ' ' && text.next() != '\n')) {
      throw new Unusual();
    }
    if (name.length() > KEY_MAX || name.equals("<<")) {
      throw new Unusual();
    }
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).key().text().equals(name)) {
        throw new Unusual();
      }
    }
    text.skip();
    text.skipBlanks();
  }

  private Node behindKey(int at, int depth) {
    char first = text.here();
    if (first != '\n' && first != '#') {
      Node value = first == '{' || first == '[' ? flow(depth + 1) : scalar(false);
      endOfValue();
      return value;
    }
    if (first == '#') {
      text.skipComment();
    }
    text.nextLine();
    if (!text.atEnd()) {
      text.toContent();
    }
    if (text.column() >= at && text.atDash()) {
      return sequence(text.column(), depth + 1);
    }
    if (text.column() <= at) {
      throw new Unusual(); // an empty value
    }
    int below = text.column();
    char next = text.here();
    if (next == '{' || next == '[') {
      throw new Unusual();
    }
    return mapping(below, scalar(false), depth + 1);
  }

  // --- in brackets; each of these ends right behind its last character

  private Node flow(int depth) {
    deeper(depth);
    int startColumn = text.place() + 1;
    boolean isMapping = text.here() == '{';
    char close = isMapping ? '}' : ']';
    List<Entry> entries = new ArrayList<>(isMapping ? 6 : 0);
    List<Node> items = new ArrayList<>(isMapping ? 0 : 4);
    int weight = 1;
    text.skip();
    text.skipBlanks();
    boolean more = text.here() != close;
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
      text.skipBlanks();
      more = text.here() == ',';
      if (more) {
        text.skip();
        text.skipBlanks();
      } else if (text.here() != close) {
        throw new Unusual();
      }
    }
    text.skip();
    return isMapping
        ? new Mapping(entries, text.line(), startColumn, weight)
        : new Sequence(items, text.line(), startColumn, weight);
  }

  private Node flowValue(int depth) {
    char first = text.here();
    return first == '{' || first == '[' ? flow(depth + 1) : scalar(true);
  }

  private void deeper(int depth) {
    if (depth > DEPTH_MAX || ++nodes > NODES_MAX) {
      throw new Unusual();
    }
  }

  private Scalar scalar(boolean inFlow) {
    if (++nodes > NODES_MAX) {
      throw new Unusual();
    }
    return text.scalar(inFlow);
  }
}
