package dev.cpra.harness.size;

/// What one lane needs.
///
/// @param perSecond jobs that come, on average
/// @param serviceSeconds how long one takes, on average
/// @param workers jobs at once; 0 if none come
/// @param queue jobs that may wait, a power of two; 0 if none come
/// @param waits share of the jobs that wait at all
/// @param busy share of the time a worker is busy
/// @param waitSeconds the objective's percentile of the wait
public record LaneSize(
    double perSecond,
    double serviceSeconds,
    long workers,
    long queue,
    double waits,
    double busy,
    double waitSeconds) {

  /// Most workers that are ever proposed.
  public static final long WORKERS_MAX = 20_000_000;

  private static final double OVERFLOW = 1e-6;
  private static final long QUEUE_MIN = 128;

  /// The fewest workers that meet the objective, and a queue that a job finds full once in a
  /// million.
  ///
  /// The wait is that of M/M/c; what waits is corrected for service times that vary otherwise,
  /// after Allen and Cunneen: a wait is `(1 + cv^2) / 2` times as long.
  ///
  /// @param variation the service times' standard deviation over their mean: 0 all equal, 1 by
  ///   chance
  /// @throws IllegalArgumentException if the load is beyond [Erlang#LOAD_MAX]
  public static LaneSize of(
      double perSecond, double serviceSeconds, double variation, Objective objective) {
    double load = perSecond * serviceSeconds;
    if (load == 0) {
      return new LaneSize(perSecond, serviceSeconds, 0, 0, 0, 0, 0);
    }
    double stretch = (1 + variation * variation) / 2;
    double allowed = 1 - objective.share();
    double seconds = objective.nanos() / 1e9;
    long workers =
        Erlang.fewest(
            load,
            WORKERS_MAX,
            (c, waits) -> percentile(waits, c, load, serviceSeconds, stretch, allowed) <= seconds);
    if (workers < 0) {
      throw new IllegalArgumentException(
          "no number of workers up to " + WORKERS_MAX + " meets the objective");
    }
    double waits = Erlang.waits(workers, load);
    double busy = load / workers;
    return new LaneSize(
        perSecond,
        serviceSeconds,
        workers,
        queue(waits, busy, stretch),
        waits,
        busy,
        percentile(waits, workers, load, serviceSeconds, stretch, allowed));
  }

  /// P(wait > t) = waits * exp(-t (c - a) / (service * stretch)), solved for t.
  private static double percentile(
      double waits, long workers, double load, double service, double stretch, double allowed) {
    return waits <= allowed ? 0 : Math.log(waits / allowed) * service * stretch / (workers - load);
  }

  /// P(n or more wait) = waits * busy^n, stretched likewise, rounded up to a power of two.
  private static long queue(double waits, double busy, double stretch) {
    double n = waits <= OVERFLOW ? 0 : Math.log(OVERFLOW / waits) / Math.log(busy);
    long least =
        (long) Math.ceil(Math.max(QUEUE_MIN, Math.min(n * Math.max(1, stretch), 1L << 40)));
    return Long.highestOneBit(least - 1) << 1;
  }
}
