package dev.cpra.manifest.read;

import dev.cpra.manifest.read.Node.Scalar;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.reader.ReaderException;

/// A file whose root is a mapping, read from front to back: key by key, and in a list item by item,
/// so that no more than one value is in memory. Used by one thread.
public final class Document implements AutoCloseable {
  /// What one visit does with the document.
  @FunctionalInterface
  public interface Visit {
    /// Reads on. Syntax errors and unreadable bytes end it and are reported.
    void of(Document document);
  }

  private static final String LIST = "monitors";
  private static final LoaderOptions OPTIONS = options();

  private final Reader text;
  private final Composer composer;
  private final Problems problems;
  private final Map<String, Scalar> keys = new HashMap<>();
  private Parser parser;

  /// Lines of the file before the first one of the parser's text.
  private int linesBefore;

  private final LineBuffer ahead;

  /// Reads the list of monitors as long as it is written plainly; null where it is not, or is read.
  private @Nullable PlainItems plain;

  /// Whether the parser stands before the value of the list's key, which is still ahead of it.
  private boolean atList;

  /// Whether the list was entered by its plain part.
  private boolean inList;

  private @Nullable Node firstItem;

  private Document(Reader text, Problems problems, int weightMax, boolean plainly) {
    this.text = text;
    this.problems = problems;
    this.ahead = new LineBuffer(text);
    String head = plainly ? ahead.upToLine(LIST + ":") : null;
    if (head != null && endsWithList(head)) {
      plain = new PlainItems(ahead);
      parser = new BoundedParser(new StringReader(head), OPTIONS, 0);
    } else {
      parser = new BoundedParser(ahead.rest(head == null ? "" : head), OPTIONS, 0);
    }
    this.composer = new Composer(parser, problems, weightMax);
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setProcessComments(false);
    return options;
  }

  /// Whether the last line of this text is the key of the list, in a root that is a mapping: not a
  /// part of a longer text, and nothing left open before it.
  private static boolean endsWithList(String head) {
    try {
      Parser events = new BoundedParser(new StringReader(head), OPTIONS, 0);
      List<Event> last = new ArrayList<>();
      Event event = events.getEvent();
      while (!event.is(Event.ID.StreamEnd)) {
        if (last.size() == 4) {
          last.removeFirst();
        }
        last.add(event);
        event = events.getEvent();
      }
      return last.size() == 4
          && last.get(0) instanceof ScalarEvent key
          && key.getValue().equals(LIST)
          && key.getStartMark().getColumn() == 0
          && key.getStartMark().getLine() == head.lines().count() - 1
          && last.get(1) instanceof ScalarEvent nothing
          && nothing.getValue().isEmpty()
          && last.get(2).is(Event.ID.MappingEnd)
          && last.get(3).is(Event.ID.DocumentEnd);
    } catch (YAMLException | UncheckedIOException _) {
      return false; // what is wrong is told when it is read
    }
  }

  /// Lets the parser of all YAML read on where the list, or its plain part, ends. What it is given
  /// is the key and, for what was read of the list, one word, so that it stands where it would
  /// stand had it read all.
  private void goOn() {
    PlainItems items = plain;
    if (items == null) {
      return;
    }
    plain = null;
    boolean begun = items.indent() >= 0;
    String before = LIST + ":\n" + (begun ? " ".repeat(items.indent()) + "- x\n" : "");
    linesBefore = ahead.line() - (begun ? 3 : 2);
    parser = new BoundedParser(ahead.rest(before), OPTIONS, linesBefore);
    composer.goOnWith(parser, linesBefore);
    // The start of the stream, the document and the mapping, the key; the list's start and the
    // word.
    for (int event = begun ? 6 : 4; event > 0; event--) {
      parser.getEvent();
    }
  }

  /// Opens the file and lets the visit read it; whatever ends the reading is reported.
  ///
  /// @param weightMax most nodes of one value
  public static void visit(Path file, Problems problems, int weightMax, Visit visit) {
    visit(file, problems, weightMax, true, visit);
  }

  /// @param plainly whether what is written plainly may be read the fast way, see [PlainItems]
  static void visit(Path file, Problems problems, int weightMax, boolean plainly, Visit visit) {
    if (Files.isDirectory(file)) {
      problems.add(1, 1, "is a directory; expected a file; name the file in it");
      return;
    }
    try (Reader text = Source.open(file);
        Document document = new Document(text, problems, weightMax, plainly)) {
      document.visit(visit);
    } catch (ReaderException _) {
      int[] place = Source.firstUnreadable(file);
      problems.add(
          place[0],
          place[1],
          "a control character; expected text; remove it or write it as `\\u....`");
    } catch (YAMLException wrong) {
      unreadable(file, problems, wrong.getCause() instanceof IOException cause ? cause : null);
    } catch (UncheckedIOException failed) {
      unreadable(file, problems, failed.getCause());
    } catch (IOException failed) {
      unreadable(file, problems, failed);
    }
  }

  private void visit(Visit visit) {
    try {
      if (start()) {
        visit.of(this);
      }
    } catch (MarkedYAMLException wrong) {
      syntax(wrong);
    }
  }

  private void syntax(MarkedYAMLException wrong) {
    var mark = wrong.getProblemMark();
    String what = wrong.getProblem() == null ? "cannot be parsed" : wrong.getProblem();
    String context = wrong.getContext() == null ? "" : wrong.getContext() + ", ";
    String remedy =
        what.contains("TAB")
            ? "indent with spaces"
            : "mend this first: what follows was not checked";
    problems.add(
        mark == null ? 1 : linesBefore + mark.getLine() + 1,
        mark == null ? 1 : mark.getColumn() + 1,
        "syntax: " + Words.cut((context + what.strip()).replace("\n", " ")) + "; " + remedy);
  }

  private static void unreadable(Path file, Problems problems, @Nullable IOException failed) {
    switch (failed) {
      case CharacterCodingException _ -> {
        int[] place = Source.firstUnreadable(file);
        problems.add(place[0], place[1], "not UTF-8; expected UTF-8 text; save the file as UTF-8");
      }
      case BoundedParser.Refused at ->
          problems.add(
              at.line(),
              at.column(),
              at.getMessage() + "; what follows was not checked; split the value");
      case NoSuchFileException _, FileNotFoundException _ ->
          problems.add(1, 1, "no such file; check the path");
      case AccessDeniedException _ ->
          problems.add(1, 1, "may not be read; check the file's permissions");
      case EOFException _ ->
          problems.add(1, 1, "ends too soon; the compressed file is cut off; write it again");
      case ZipException _ ->
          problems.add(1, 1, "is not in gzip format; compress it again or drop the `.gz`");
      case null -> problems.add(1, 1, "cannot be read");
      default -> problems.add(1, 1, "cannot be read: " + failed.getClass().getSimpleName());
    }
  }

  private boolean start() {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      problems.add(1, 1, "is empty; expected a mapping of keys");
      return false;
    }
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.MappingStart)) {
      Event root = parser.peekEvent();
      boolean nothing = root instanceof ScalarEvent scalar && scalar.getValue().isEmpty();
      problems.add(
          composer.line(root),
          Composer.column(root),
          nothing
              ? "is empty; expected a mapping of keys"
              : "expected a mapping of keys at the root, found "
                  + (root instanceof ScalarEvent ? "a scalar" : "a list"));
      return false;
    }
    parser.getEvent();
    return true;
  }

  /// The next key of the root, or null at the end of the document. Its value must then be read.
  public @Nullable Scalar nextKey() {
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Node node = composer.compose(false);
      if (!(node instanceof Scalar key)) {
        if (!(node instanceof Node.Broken)) {
          problems.add(node, "expected a key, a single word; found something else");
        }
        value();
        continue;
      }
      atList = plain != null && key.line() == ahead.line() - 1 && key.column() == 1;
      Scalar first = keys.putIfAbsent(key.text(), key);
      if (first == null) {
        return key;
      }
      problems.add(
          key,
          "duplicate key `"
              + Words.shorten(key.text())
              + "`; it already stands at "
              + first.line()
              + ":"
              + first.column()
              + "; remove one");
      skip();
    }
    end();
    return null;
  }

  private void end() {
    parser.getEvent();
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      Event second = parser.peekEvent();
      problems.add(
          composer.line(second),
          Composer.column(second),
          "a second document; expected one in a file; remove the `---` or split the file");
    }
  }

  /// Before the value of the key is read in any way but as a list.
  private void atValue() {
    if (atList) {
      atList = false;
      goOn();
    }
  }

  /// The whole value of the key.
  public Node value() {
    atValue();
    return composer.compose(false);
  }

  /// Passes over the value of the key.
  public void skip() {
    var _ = skip(Long.MAX_VALUE);
  }

  /// Passes over the value of the key, or over as much of it as so many events tell.
  ///
  /// @return whether it is passed; if not the document can't be read on
  public boolean skip(long eventsMax) {
    atValue();
    int open = 0;
    long events = 0;
    do {
      if (++events > eventsMax) {
        return false;
      }
      Event event = parser.getEvent();
      if (event.is(Event.ID.SequenceStart) || event.is(Event.ID.MappingStart)) {
        open++;
      } else if (event.is(Event.ID.SequenceEnd) || event.is(Event.ID.MappingEnd)) {
        open--;
      }
    } while (open > 0);
    return true;
  }

  /// Whether the value is a list, and if so goes into it.
  public boolean enterList() {
    PlainItems items = plain;
    if (atList && items != null) {
      atList = false;
      firstItem = items.next();
      inList = firstItem != null;
      if (inList) {
        return true;
      }
      goOn();
    }
    if (!parser.checkEvent(Event.ID.SequenceStart)) {
      return false;
    }
    parser.getEvent();
    return true;
  }

  /// Whether the value is a mapping; goes nowhere.
  public boolean atMapping() {
    atValue();
    return parser.checkEvent(Event.ID.MappingStart);
  }

  /// The next item of the list entered, or null behind its last.
  public @Nullable Node nextItem() {
    Node first = firstItem;
    if (first != null) {
      firstItem = null;
      return first;
    }
    PlainItems items = plain;
    if (inList && items != null) {
      Node item = items.next();
      if (item != null) {
        return item;
      }
      goOn();
    }
    if (parser.checkEvent(Event.ID.SequenceEnd)) {
      parser.getEvent();
      return null;
    }
    return composer.compose(true);
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
