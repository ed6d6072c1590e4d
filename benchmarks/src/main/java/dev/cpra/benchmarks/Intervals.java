package dev.cpra.benchmarks;

/// The monitors that benchmarks work on: intervals of 1 to 300 s, spread evenly, on ticks of a
/// millisecond. Stateless, and the same in every run.
public final class Intervals {
  /// Ticks in a second.
  public static final int TICKS = 1_000;

  private static final int SECONDS_MAX = 300;

  private Intervals() {}

  /// A monitor's interval in seconds.
  public static int seconds(int monitor) {
    return 1 + (int) (mix(monitor) % SECONDS_MAX);
  }

  /// A monitor's interval in ticks.
  public static int ticks(int monitor) {
    return seconds(monitor) * TICKS;
  }

  /// When a monitor is first due, in ticks: anywhere in its first interval.
  public static int firstTick(int monitor) {
    return (int) (mix(monitor + 0x9E3779B97F4A7C15L) % ticks(monitor));
  }

  /// The finalizer of SplitMix64, without its sign.
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }
}
