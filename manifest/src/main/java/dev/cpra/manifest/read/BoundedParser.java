package dev.cpra.manifest.read;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// A parser that reads no more than so much text for one event, nor below so many levels. A scalar
/// is in memory whole, and a few kilobytes of gzip can hold one of gigabytes; and SnakeYAML's time
/// grows with the square of both: 50,000 open brackets cost it 4 s, 4 MiB in one scalar 6 s. Used
/// by one thread.
final class BoundedParser implements Parser {
  /// Most characters between the starts of two events.
  static final int TEXT_MAX = 1 << 20;

  /// Most lists and mappings in each other. What is below that but still too deep for us is passed
  /// over, and what follows it is read.
  static final int DEPTH_MAX = 1_000;

  /// Says which bound was reached, and where the last event before it ended.
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    Refused(String message, int line, int column) {
      super(message);
      this.line = line;
      this.column = column;
    }

    /// From 1.
    int line() {
      return line;
    }

    /// From 1.
    int column() {
      return column;
    }
  }

  private final Parser parser;
  private final int linesBefore;
  private @Nullable Event last;
  private long length;
  private int depth;

  /// @param linesBefore lines of the file that stand before the first one of this text
  BoundedParser(Reader text, LoaderOptions options, int linesBefore) {
    this.linesBefore = linesBefore;
    parser = new ParserImpl(new StreamReader(new Counted(text)), options);
  }

  private final class Counted extends FilterReader {
    Counted(Reader text) {
      super(text);
    }

    @Override
    public int read(char[] into, int offset, int most) throws IOException {
      int count = super.read(into, offset, most);
      length += Math.max(0, count);
      if (length > TEXT_MAX) {
        throw refused("more than " + TEXT_MAX + " characters without a value that ends");
      }
      return count;
    }

    @Override
    public int read() throws IOException {
      throw new UnsupportedOperationException("the parser reads by the buffer");
    }
  }

  private Refused refused(String message) {
    Event before = last;
    return before == null
        ? new Refused(message, 1, 1)
        : new Refused(
            message,
            linesBefore + before.getEndMark().getLine() + 1,
            before.getEndMark().getColumn() + 1);
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event getEvent() {
    Event event = parser.getEvent();
    last = event;
    length = 0;
    if (event.is(Event.ID.SequenceStart) || event.is(Event.ID.MappingStart)) {
      if (++depth > DEPTH_MAX) {
        throw new UncheckedIOException(refused("more than " + DEPTH_MAX + " levels"));
      }
    } else if (event.is(Event.ID.SequenceEnd) || event.is(Event.ID.MappingEnd)) {
      depth--;
    }
    return event;
  }
}
