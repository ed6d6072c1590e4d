package dev.cpra.harness.trial;

import dev.cpra.harness.result.PhaseResult;
import dev.cpra.manifest.load.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The measured phase of a load with `drive: ramp`: climbs with the offered rate until the schedule
/// is no longer kept ([RateSearch], [Held]), then goes back to the highest rate kept and measures
/// what that costs. The phase's length bounds the search; its rate is where it begins. Used once,
/// by the trial's main thread.
final class Climb {
  /// So many steps fit the phase, about: a search over four decades takes fifteen to twenty.
  private static final int STEPS = 30;

  private static final long HOLD_MIN_NANOS = 100_000_000;
  private static final long HOLD_MAX_NANOS = 3_000_000_000L;

  private final Offer offer;
  private final List<PhaseResult> results = new ArrayList<>();
  private double highestKept;

  Climb(Offer offer) {
    this.offer = offer;
  }

  /// Climbs.
  void run(Phase phase) throws InterruptedException {
    long holdNanos = Math.clamp(phase.forNanos() / STEPS, HOLD_MIN_NANOS, HOLD_MAX_NANOS);
    long settleNanos = holdNanos / 2;
    // The last stretch is kept for measuring, and counts as part of the phase.
    long until = offer.elapsedNanos() + phase.forNanos() - settleNanos - 2 * holdNanos;
    RateSearch search = new RateSearch(phase.rate());
    double tried = phase.rate();
    while (!search.isDone() && offer.elapsedNanos() < until) {
      tried = search.rate();
      search.tried(step(tried, settleNanos, holdNanos));
    }
    double best = search.best() > 0 ? search.best() : tried;
    offer.change(best, settleNanos);
    double from = seconds();
    Held held = offer.hold(2 * holdNanos, true);
    add(phase.name(), true, from, held.seconds(), held);
  }

  private boolean step(double rate, long settleNanos, long holdNanos) throws InterruptedException {
    double from = seconds();
    offer.change(rate, settleNanos);
    Held held = offer.hold(holdNanos, false);
    String broken = held.broken();
    if (broken == null) {
      highestKept = Math.max(highestKept, Math.min(held.offeredPerSecond(), held.duePerSecond()));
    }
    String offered = String.format(Locale.ROOT, "%.0f/s", held.offeredPerSecond());
    add(offered + (broken == null ? " kept" : ": " + broken), false, from, seconds() - from, held);
    return broken == null;
  }

  private double seconds() {
    return offer.elapsedNanos() / 1e9;
  }

  private void add(String name, boolean measured, double from, double wall, Held held) {
    results.add(new PhaseResult(name, measured, from, wall, held.applied(), held.duePerSecond()));
  }

  /// The highest rate kept, in pulses per second; 0 if none was.
  double highestKept() {
    return highestKept;
  }

  /// Each step, and the measured stretch at last.
  List<PhaseResult> results() {
    return List.copyOf(results);
  }
}
