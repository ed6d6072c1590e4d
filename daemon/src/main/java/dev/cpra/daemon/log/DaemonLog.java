package dev.cpra.daemon.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;

/// The log of this process, on standard error. SLF4J has one for the whole process, so it is
/// static. Thread-safe.
public final class DaemonLog {
  /// The system property that names the least level written: `error`, `warn`, `info` (default),
  /// `debug` or `trace`.
  public static final String LEVEL_PROPERTY = "cpra.log";

  /// On a line whose sender bounds its lines itself: it passes the limit, whatever else was said.
  /// For what an operator did and must be answered.
  public static final Marker UNLIMITED = new BasicMarkerFactory().getDetachedMarker("unlimited");

  private static final LogBook BOOK =
      new LogBook(
          new FileOutputStream(FileDescriptor.err), Clock.systemUTC(), System::nanoTime, level());

  private DaemonLog() {}

  /// Waits until what was logged so far is written, at most for `bound`. To be called before the
  /// process halts.
  ///
  /// @return whether it is
  public static boolean flush(Duration bound) {
    return BOOK.flush(bound);
  }

  /// What became of lines.
  public static LogCounts counts() {
    return BOOK.counts();
  }

  static LogBook book() {
    return BOOK;
  }

  private static Level level() {
    String asked = System.getProperty(LEVEL_PROPERTY, "info");
    for (Level level : Level.values()) {
      if (level.name().equals(asked.toUpperCase(Locale.ROOT))) {
        return level;
      }
    }
    return Level.INFO;
  }
}
