package dev.cpra.daemon.log;

import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/// Turns events into lines and hands them to the [LogPipe]. Thread-safe.
///
/// A key is a logger with its message before anything is filled in: the same defect met by a
/// million monitors is one key.
final class LogBook implements AutoCloseable {
  /// Lines of one key in each minute.
  static final int LINES_PER_KEY = 20;

  private static final String OURS = "dev.cpra.";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Clock wall;
  private final LongSupplier nanos;
  private final Level level;
  private final RateLimit limit = new RateLimit(LINES_PER_KEY, TimeUnit.MINUTES.toNanos(1));
  private final LogPipe pipe;
  private long droppedTold;

  /// @param wall for the times of lines
  /// @param nanos for the limit, a clock that does not jump
  /// @param level the least that is written; at info, only warnings of loggers that are not ours
  LogBook(OutputStream out, Clock wall, LongSupplier nanos, Level level) {
    this.wall = wall;
    this.nanos = nanos;
    this.level = level;
    this.pipe = new LogPipe(out, this::tellOverdue);
  }

  /// Whether such a line is written at all.
  boolean isEnabled(String logger, Level at) {
    Level least = level == Level.INFO && !logger.startsWith(OURS) ? Level.WARN : level;
    return at.toInt() >= least.toInt();
  }

  /// Writes an event, or counts it as suppressed.
  ///
  /// @param pattern the message before its places are filled in
  /// @param message the message
  void write(
      Level at,
      String logger,
      String pattern,
      String message,
      List<KeyValuePair> values,
      @Nullable Throwable thrown) {
    long suppressed = limit.admit(shortened(logger) + ": " + pattern, nanos.getAsLong());
    if (suppressed != RateLimit.SUPPRESSED) {
      put(at, logger, message, values, suppressed, thrown);
    }
  }

  /// Writes an event whose sender bounds its lines itself: the limit does not know of it.
  void writeUnlimited(
      Level at,
      String logger,
      String message,
      List<KeyValuePair> values,
      @Nullable Throwable thrown) {
    put(at, logger, message, values, 0, thrown);
  }

  private void put(
      Level at,
      String logger,
      String message,
      List<KeyValuePair> values,
      long suppressed,
      @Nullable Throwable thrown) {
    Logfmt line = line(at, logger, message);
    for (KeyValuePair pair : values) {
      line.add(pair.key, String.valueOf(pair.value));
    }
    if (suppressed > 0) {
      line.add("suppressed", suppressed);
    }
    if (thrown != null) {
      ThrownText.append(line, thrown);
    }
    pipe.put(line.bytes());
  }

  /// Waits until what was written so far is out, at most for `bound`.
  boolean flush(Duration bound) {
    return pipe.flush(bound);
  }

  /// What became of lines.
  LogCounts counts() {
    return new LogCounts(pipe.written(), limit.total(), pipe.dropped(), pipe.lost());
  }

  @Override
  public void close() {
    pipe.close();
  }

  private Logfmt line(Level at, String logger, String message) {
    return new Logfmt()
        .add("time", TIME.format(wall.instant()))
        .add("level", at.name().toLowerCase(Locale.ROOT))
        .add("logger", shortened(logger))
        .add("msg", message);
  }

  /// On the pipe's thread.
  private void tellOverdue() {
    for (RateLimit.Suppressed found : limit.overdue(nanos.getAsLong())) {
      pipe.put(
          line(Level.WARN, OURS + "daemon.log", "lines were suppressed")
              .add("key", found.key())
              .add("suppressed", found.count())
              .bytes());
    }
    long dropped = pipe.dropped();
    if (dropped > droppedTold) {
      pipe.put(
          line(Level.WARN, OURS + "daemon.log", "lines were dropped because none were taken")
              .add("dropped", dropped - droppedTold)
              .bytes());
      droppedTold = dropped;
    }
  }

  private static String shortened(String logger) {
    return logger.startsWith(OURS) ? logger.substring(OURS.length()) : logger;
  }
}
