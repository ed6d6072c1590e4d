package dev.cpra.manifest.read;

import dev.cpra.manifest.read.Node.Scalar;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
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

  private final Reader text;
  private final Parser parser;
  private final Composer composer;
  private final Problems problems;
  private final Map<String, Scalar> keys = new HashMap<>();

  private Document(Reader text, Problems problems, int weightMax) {
    this.text = text;
    this.problems = problems;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setProcessComments(false);
    this.parser = new BoundedParser(text, options);
    this.composer = new Composer(parser, problems, weightMax);
  }

  /// Opens the file and lets the visit read it; whatever ends the reading is reported.
  ///
  /// @param weightMax most nodes of one value
  public static void visit(Path file, Problems problems, int weightMax, Visit visit) {
    if (Files.isDirectory(file)) {
      problems.add(1, 1, "is a directory; expected a file; name the file in it");
      return;
    }
    try (Reader text = Source.open(file);
        Document document = new Document(text, problems, weightMax)) {
      if (document.start()) {
        visit.of(document);
      }
    } catch (MarkedYAMLException wrong) {
      syntax(wrong, problems);
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

  private static void syntax(MarkedYAMLException wrong, Problems problems) {
    var mark = wrong.getProblemMark();
    String what = wrong.getProblem() == null ? "cannot be parsed" : wrong.getProblem();
    String context = wrong.getContext() == null ? "" : wrong.getContext() + ", ";
    String remedy =
        what.contains("TAB")
            ? "indent with spaces"
            : "mend this first: what follows was not checked";
    problems.add(
        mark == null ? 1 : mark.getLine() + 1,
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
      problems.add(1, 1, "is empty; expected a mapping with `monitors`");
      return false;
    }
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.MappingStart)) {
      Event root = parser.peekEvent();
      boolean nothing = root instanceof ScalarEvent scalar && scalar.getValue().isEmpty();
      problems.add(
          Composer.line(root),
          Composer.column(root),
          nothing
              ? "is empty; expected a mapping with `monitors`"
              : "expected a mapping with `monitors` at the root, found "
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
          Composer.line(second),
          Composer.column(second),
          "a second document; expected one in a file; remove the `---` or split the file");
    }
  }

  /// The whole value of the key.
  public Node value() {
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
    if (!parser.checkEvent(Event.ID.SequenceStart)) {
      return false;
    }
    parser.getEvent();
    return true;
  }

  /// Whether the value is a mapping; goes nowhere.
  public boolean atMapping() {
    return parser.checkEvent(Event.ID.MappingStart);
  }

  /// The next item of the list entered, or null behind its last.
  public @Nullable Node nextItem() {
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
