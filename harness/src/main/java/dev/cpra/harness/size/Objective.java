package dev.cpra.harness.size;

import dev.cpra.manifest.Durations;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a job may wait for a worker: `p95=200ms` is 19 in 20 within 200 ms.
///
/// @param share above 0, below 1
/// @param nanos above 0
public record Objective(double share, long nanos) {
  private static final Pattern FORM = Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,4})?)=(.+)");

  /// Reads one.
  ///
  /// @throws IllegalArgumentException with what was expected
  public static Objective parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (parts.matches()) {
      double share = Double.parseDouble(parts.group(1)) / 100;
      long nanos;
      try {
        nanos = Durations.parse(parts.group(2));
      } catch (IllegalArgumentException _) {
        nanos = 0;
      }
      if (share > 0 && nanos > 0) {
        return new Objective(share, nanos);
      }
    }
    throw new IllegalArgumentException(
        "expected a percentile and a duration such as p95=200ms, found " + text);
  }
}
