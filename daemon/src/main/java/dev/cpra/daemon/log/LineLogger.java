package dev.cpra.daemon.log;

import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/// A logger that writes into a [LogBook]; key-value pairs of the fluent calls become pairs of the
/// line. Thread-safe.
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
  @Serial private static final long serialVersionUID = 1;

  private final transient LogBook book;
  private final String logger;

  LineLogger(LogBook book, String logger) {
    this.book = book;
    this.logger = logger;
    this.name = logger;
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    Object[] arguments = event.getArgumentArray();
    List<Marker> markers = event.getMarkers();
    write(
        event.getLevel(),
        event.getMessage(),
        arguments,
        pairs == null ? List.of() : pairs,
        event.getThrowable(),
        markers != null && markers.contains(DaemonLog.UNLIMITED));
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    write(level, pattern, arguments, List.of(), thrown, DaemonLog.UNLIMITED.equals(marker));
  }

  private void write(
      Level level,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      List<KeyValuePair> pairs,
      @Nullable Throwable thrown,
      boolean unlimited) {
    String text = Objects.requireNonNullElse(pattern, "");
    String message = arguments == null ? text : MessageFormatter.basicArrayFormat(text, arguments);
    if (unlimited) {
      book.writeUnlimited(level, logger, message, pairs, thrown);
    } else {
      book.write(level, logger, text, message, pairs, thrown);
    }
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return book.isEnabled(logger, Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return book.isEnabled(logger, Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return book.isEnabled(logger, Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return book.isEnabled(logger, Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return book.isEnabled(logger, Level.ERROR);
  }
}
