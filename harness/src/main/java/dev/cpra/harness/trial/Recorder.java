package dev.cpra.harness.trial;

import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.Histograms;
import dev.cpra.harness.result.LaneLatency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Records latencies of an open trial, each counted from the intended due time: lateness when a
/// lane takes a job, response when the job ends by outcome or expiry.
///
/// The engine tells its tick's time, which stands still while a tick lasts; taking that would hide
/// how long a tick takes. So the clock is read again at the first job of a tick and after every
/// [#CLOCK_EVERY] jobs, which costs a fraction of a nanosecond per job. Nothing is allocated.
///
/// Belongs to the engine's thread, except where a method says otherwise.
final class Recorder implements Transitions {
  private static final int CLOCK_EVERY = 64;
  private static final long HIGHEST_US = 3_600_000_000L;
  private static final int DIGITS = 3;

  private final LongSupplier clock;
  private final Histogram[] lateness = new Histogram[Lane.COUNT];
  private final Histogram[] response = new Histogram[Lane.COUNT];
  private Histogram recent = recentHistogram();
  private final Histogram held = recentHistogram();
  private boolean holding;
  private boolean measuring;
  private long tickNanos = Long.MIN_VALUE;
  private long readNanos;
  private int untilRead;

  Recorder(LongSupplier clock) {
    this.clock = clock;
    for (int lane = 0; lane < Lane.COUNT; lane++) {
      lateness[lane] = new Histogram(1, HIGHEST_US, DIGITS);
      response[lane] = new Histogram(1, HIGHEST_US, DIGITS);
    }
  }

  /// A histogram for [#swapRecent].
  static Histogram recentHistogram() {
    return new Histogram(1, HIGHEST_US, 2);
  }

  /// Starts or stops recording: only measured phases count.
  void measure(boolean on) {
    measuring = on;
  }

  /// Begins or ends a stretch of which [#heldP99Us] tells.
  void hold(boolean on) {
    if (on) {
      held.reset();
    }
    holding = on;
  }

  /// The 99th percentile of the pulse lane's lateness over the last stretch, in microseconds; null
  /// without a pulse. Any thread that has waited for the stretch's end.
  @Nullable Double heldP99Us() {
    return held.getTotalCount() == 0 ? null : (double) held.getValueAtPercentile(99);
  }

  /// Puts an empty histogram in place of that of the pulse lane's lateness (in microseconds) since
  /// the last swap, which is recorded in every phase.
  Histogram swapRecent(Histogram empty) {
    Histogram filled = recent;
    recent = empty;
    return filled;
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    long micros = sinceUs(dueNanos, nowNanos);
    if (lane == Lane.PULSE) {
      recent.recordValue(micros);
      if (holding) {
        held.recordValue(micros);
      }
    }
    if (measuring) {
      lateness[lane.ordinal()].recordValue(micros);
    }
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    if (measuring && end != CANCELLED) {
      response[lane.ordinal()].recordValue(sinceUs(dueNanos, nowNanos));
    }
  }

  private long sinceUs(long dueNanos, long nowNanos) {
    if (nowNanos != tickNanos || --untilRead <= 0) {
      tickNanos = nowNanos;
      readNanos = clock.getAsLong();
      untilRead = CLOCK_EVERY;
    }
    return Math.clamp((readNanos - dueNanos) / 1_000, 0, HIGHEST_US);
  }

  /// What was recorded, by lane name. After the engine's thread has ended, or on it.
  Map<String, LaneLatency> latencies() {
    Map<String, LaneLatency> latencies = new LinkedHashMap<>();
    for (Lane lane : Lane.values()) {
      latencies.put(
          lane.name().toLowerCase(Locale.ROOT),
          new LaneLatency(
              Histograms.encode(lateness[lane.ordinal()]),
              Histograms.encode(response[lane.ordinal()])));
    }
    return latencies;
  }
}
