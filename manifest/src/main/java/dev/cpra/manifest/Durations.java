package dev.cpra.manifest;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations in Go's notation: `1m30s`, `500ms`, `1.5h`, `-3s`, `0`.
public final class Durations {
  /// The longest duration rules may name: 400 days.
  public static final long MAX_NANOS = 400L * 86_400 * 1_000_000_000;

  /// What a duration looks like, also in the JSON Schema.
  public static final String PATTERN =
      "[-+]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)"
          + "(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))*)";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern PART = Pattern.compile("([0-9.]+)([a-zµμ]+)");
  private static final int LENGTH_MAX = 64;

  /// Of a number whose hours are below 292 years.
  private static final int DIGITS_MAX = 6;

  private Durations() {}

  /// The duration in nanoseconds, fractions of one cut off.
  ///
  /// @throws IllegalArgumentException if the text is no duration, or longer than 292 years
  public static long parse(String text) {
    long plain = plain(text);
    if (plain >= 0) {
      return plain;
    }
    if (text.length() > LENGTH_MAX || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("expected a duration such as 30s or 1m30s");
    }
    Matcher part = PART.matcher(text);
    BigDecimal total = BigDecimal.ZERO;
    while (part.find()) {
      total = total.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
    }
    if (total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("expected a duration of less than 292 years");
    }
    return text.startsWith("-") ? -total.longValue() : total.longValue();
  }

  /// A whole number with a unit, as nearly all are, in a twentieth of the time; -1 for others.
  private static long plain(String text) {
    int length = text.length();
    int digits = 0;
    int number = 0;
    while (digits < length && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      if (digits == DIGITS_MAX) {
        return -1;
      }
      number = 10 * number + text.charAt(digits) - '0';
      digits++;
    }
    if (digits == 0) {
      return -1;
    }
    if (length == digits + 1) {
      return switch (text.charAt(digits)) {
        case 's' -> number * 1_000_000_000L;
        case 'm' -> number * 60_000_000_000L;
        case 'h' -> number * 3_600_000_000_000L;
        default -> -1;
      };
    }
    return length == digits + 2 && text.charAt(digits) == 'm' && text.charAt(digits + 1) == 's'
        ? number * 1_000_000L
        : -1;
  }

  private static BigDecimal unit(String name) {
    return BigDecimal.valueOf(
        switch (name) {
          case "ns" -> 1L;
          case "us", "µs", "μs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        });
  }

  /// The shortest notation that parses to the same duration, such as `1m30s`.
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (nanos == Long.MIN_VALUE) {
      throw new IllegalArgumentException("expected a duration of less than 292 years");
    }
    long rest = Math.abs(nanos);
    StringBuilder text = new StringBuilder(nanos < 0 ? "-" : "");
    String[] names = {"h", "m", "s", "ms", "us", "ns"};
    for (String name : names) {
      long unit = unit(name).longValueExact();
      if (rest >= unit) {
        text.append(rest / unit).append(name);
        rest %= unit;
      }
    }
    return text.toString();
  }
}
