package dev.cpra.harness.paired;

import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.Histograms;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/// Records the pulse lane's latencies of one slice after the other, in nanoseconds from the
/// intended due time. The engine's tick tells its own time, which stands still while a tick lasts;
/// so the clock is read again at the first job of a tick and after every [#CLOCK_EVERY] jobs.
///
/// Nothing is allocated while a slice lasts. Belongs to the engine's thread.
final class SliceRecorder implements Transitions {
  private static final int CLOCK_EVERY = 64;
  private static final long HIGHEST = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final LongSupplier clock;
  private final StallMeter stalls;
  private final Histogram lateness = new Histogram(1_000, HIGHEST, DIGITS);
  private final Histogram response = new Histogram(1_000, HIGHEST, DIGITS);
  private final Histogram allLateness = new Histogram(1_000, HIGHEST, DIGITS);
  private final Histogram allResponse = new Histogram(1_000, HIGHEST, DIGITS);
  private long tickNanos = Long.MIN_VALUE;
  private long readNanos;
  private int untilRead;

  /// @param stallToleranceNanos see [StallMeter]
  SliceRecorder(LongSupplier clock, long stallToleranceNanos) {
    this.clock = clock;
    this.stalls = new StallMeter(stallToleranceNanos);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    if (lane == Lane.PULSE) {
      long now = now(nowNanos);
      lateness.recordValue(Math.clamp(now - dueNanos, 0, HIGHEST));
      stalls.dispatched(dueNanos, now);
    }
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    if (lane == Lane.PULSE && end != CANCELLED) {
      response.recordValue(Math.clamp(now(nowNanos) - dueNanos, 0, HIGHEST));
    }
  }

  private long now(long nowNanos) {
    if (nowNanos != tickNanos || --untilRead <= 0) {
      tickNanos = nowNanos;
      readNanos = clock.getAsLong();
      untilRead = CLOCK_EVERY;
    }
    return readNanos;
  }

  /// The slice's latencies; what comes next belongs to the next slice.
  SliceFigures.Latency take() {
    SliceFigures.Latency slice =
        new SliceFigures.Latency(
            at(lateness, 50), at(lateness, 90), at(response, 50), at(response, 90), stalls.take());
    allLateness.add(lateness);
    allResponse.add(response);
    lateness.reset();
    response.reset();
    return slice;
  }

  /// Forgets everything, for a new series of slices.
  void reset() {
    take();
    allLateness.reset();
    allResponse.reset();
  }

  /// The histograms of all slices since the last [#reset].
  Answer.Tails tails() {
    return new Answer.Tails(Histograms.encode(allLateness), Histograms.encode(allResponse));
  }

  private static double at(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile);
  }
}
