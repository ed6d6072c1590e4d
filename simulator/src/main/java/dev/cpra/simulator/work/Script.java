package dev.cpra.simulator.work;

import dev.cpra.engine.Lane;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Decides how each job ends and how long it takes: pure functions of seed, lane, monitor and job
/// number, so that every engine gets the same world. Immutable; any thread.
///
/// Latencies are log-normal through two given quantiles, read from a table of [#STEPS] equally
/// likely values, so none is beyond the 99.99th percentile.
public final class Script {
  private static final int STEPS = 1 << 13;
  private static final double NORMAL_P99 = 2.3263478740408408;

  private final long[] laneSeed = new long[Lane.COUNT];
  private final double failure;
  private final long[] latencyNanos;

  /// A script.
  ///
  /// @param failure share of jobs that fail, 0 to 1
  /// @param p50Nanos the median latency, 0 for none
  /// @param p99Nanos the 99th percentile, at least the median
  public Script(long seed, double failure, long p50Nanos, long p99Nanos) {
    if (failure < 0 || failure > 1) {
      throw new IllegalArgumentException("failure: expected 0 to 1, found " + failure);
    }
    if (p50Nanos < 0 || p99Nanos < p50Nanos) {
      throw new IllegalArgumentException(
          "latency: expected 0 <= p50 <= p99, found p50 " + p50Nanos + ", p99 " + p99Nanos);
    }
    for (Lane lane : Lane.values()) {
      laneSeed[lane.ordinal()] = Mix.mix(seed, lane.ordinal() + 1);
    }
    this.failure = failure;
    this.latencyNanos = table(p50Nanos, p99Nanos);
  }

  private static long[] table(long p50Nanos, long p99Nanos) {
    if (p50Nanos == 0) {
      return new long[] {0};
    }
    double sigma = Math.log((double) p99Nanos / p50Nanos) / NORMAL_P99;
    NormalDistribution normal = NormalDistribution.of(0, 1);
    long[] table = new long[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double quantile = normal.inverseCumulativeProbability((i + 0.5) / STEPS);
      table[i] = Math.round(p50Nanos * Math.exp(sigma * quantile));
    }
    return table;
  }

  /// Whether this job fails.
  public boolean fails(Lane lane, int monitor, int number) {
    return Mix.unit(Mix.mix(key(lane, monitor, number))) < failure;
  }

  /// How long this job takes, in nanoseconds.
  public long latencyNanos(Lane lane, int monitor, int number) {
    return latencyNanos[(int) Mix.below(key(lane, monitor, number), latencyNanos.length)];
  }

  private long key(Lane lane, int monitor, int number) {
    return Mix.mix(laneSeed[lane.ordinal()] ^ (((long) monitor << 32) | (number & 0xFFFF_FFFFL)));
  }
}
