package dev.cpra.probes;

import dev.cpra.manifest.Durations;

/// A script that answers checks, repairs and deliveries in the place of their targets, so that a
/// manifest of any size can be run without asking anybody. The same seed gives the same answers:
/// each hangs on the seed, the monitor and the job's number only. Immutable.
///
/// How long a job takes is log-normal, given by its median and its 99th percentile.
///
/// @param failure share of the checks that fail, 0 to 1; repairs and deliveries do not
/// @param p50Nanos the median, above 0
/// @param p99Nanos the 99th percentile, at least the median
/// @param seed decides which checks fail and how long each takes
public record Rehearsal(double failure, long p50Nanos, long p99Nanos, long seed) {
  /// How many standard deviations the 99th percentile lies above the median.
  private static final double P99_DEVIATIONS = 2.3263478740408408;

  private static final String EXPECTED =
      "expected a script such as failure=0.001,p50=20ms,p99=200ms,seed=1";

  /// Checks the ranges.
  public Rehearsal {
    if (!(failure >= 0 && failure <= 1)) {
      throw new IllegalArgumentException("failure: expected 0 to 1, found " + failure);
    }
    if (p50Nanos <= 0 || p99Nanos < p50Nanos) {
      throw new IllegalArgumentException("p99: expected a duration of at least p50, above zero");
    }
  }

  /// Reads `failure=0.001,p50=20ms,p99=200ms,seed=1`; what is left out is as in this one.
  ///
  /// @throws IllegalArgumentException if it is none; the message says what was expected
  public static Rehearsal parse(String text) {
    double failure = 0.001;
    long p50 = 20_000_000L;
    long p99 = 200_000_000L;
    long seed = 1;
    try {
      for (String pair : text.split(",", -1)) {
        int mark = pair.indexOf('=');
        String value = pair.substring(mark + 1);
        switch (mark < 0 ? "" : pair.substring(0, mark)) {
          case "failure" -> failure = Double.parseDouble(value);
          case "p50" -> p50 = Durations.parse(value);
          case "p99" -> p99 = Durations.parse(value);
          case "seed" -> seed = Long.parseLong(value);
          default -> throw new IllegalArgumentException(EXPECTED + ", found `" + pair + "`");
        }
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(EXPECTED + ", found `" + text + "`", e);
    }
    return new Rehearsal(failure, p50, p99, seed);
  }

  /// All kinds of configuration, answered by this script. Nothing leaves the process.
  public ProbeKinds kinds() {
    return ProbeKinds.rehearsed(this);
  }

  /// A check whose answers may be failures.
  Probe check(long timeoutNanos) {
    return new RehearsedProbe(this, failure, timeoutNanos);
  }

  /// A repair or a delivery, which succeeds.
  Probe act(long timeoutNanos) {
    return new RehearsedProbe(this, 0, timeoutNanos);
  }

  /// How long the job with this hash takes.
  long latencyNanos(long hash) {
    double first = 1 - unit(mix(hash));
    double second = unit(mix(hash + 1));
    double normal = Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
    double deviation = Math.log((double) p99Nanos / p50Nanos) / P99_DEVIATIONS;
    return (long) (p50Nanos * Math.exp(deviation * normal));
  }

  /// What a job's answer hangs on.
  long hash(int monitor, int number) {
    return mix(seed ^ mix((long) monitor << 32 | (number & 0xFFFFFFFFL)));
  }

  /// Whether the job with this hash fails.
  static boolean fails(long hash, double share) {
    return unit(hash) < share;
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /// The finalizer of SplitMix64.
  private static long mix(long bits) {
    long mixed = bits + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
