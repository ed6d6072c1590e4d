package dev.cpra.probes;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/// What a receiver says about when to come back (RFC 9110, `Retry-After`).
final class RetryAfter {
  private static final long SECONDS_MAX = 86_400;

  private RetryAfter() {}

  /// How long to wait, at most a day; 0 if it does not say.
  ///
  /// @param wallMillis now, for those who give a date
  static long nanos(int status, HttpHeaders headers, long wallMillis) {
    String text = status == 429 || status == 503 ? headers.get(HttpHeaderNames.RETRY_AFTER) : null;
    if (text == null || text.isBlank()) {
      return 0;
    }
    String value = text.strip();
    if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long seconds = value.length() > 6 ? SECONDS_MAX : Long.parseLong(value);
      return TimeUnit.SECONDS.toNanos(Math.min(seconds, SECONDS_MAX));
    }
    Date date = DateFormatter.parseHttpDate(value);
    long millis = date == null ? 0 : date.toInstant().toEpochMilli() - wallMillis;
    return TimeUnit.MILLISECONDS.toNanos(Math.clamp(millis, 0, SECONDS_MAX * 1_000));
  }
}
