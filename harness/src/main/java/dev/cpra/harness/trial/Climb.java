package dev.cpra.harness.trial;

import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.result.RateBracket;
import dev.cpra.manifest.load.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The measured phase of a load with `drive: ramp`: climbs with the offered rate until the schedule
/// is no longer kept ([RateSearch], [Held]), then goes back to the highest rate kept and measures
/// what that costs. The phase's length bounds the search; its rate is where it begins. Used once,
/// by the trial's main thread.
final class Climb {
  /// So many steps fit the phase if the engine takes the changes of rate at once. From 20,000 to 4
  /// M a second takes eighteen: eight that double, two more that break, and four that bisect, twice
  /// each if they break. The rest is for what the changes and a backlog cost.
  private static final int STEPS = 30;

  /// After the search an engine may take so many steps to recover from the rates it did not keep.
  private static final int RECOVERY_STEPS_MAX = 4;

  private static final long HOLD_MIN_NANOS = 100_000_000;
  private static final long HOLD_MAX_NANOS = 3_000_000_000L;

  private final Offer offer;
  private final List<PhaseResult> results = new ArrayList<>();
  private double highestKept;
  private double basePerSecond;
  private boolean measuredKept;
  private @Nullable RateBracket bracket;

  Climb(Offer offer) {
    this.offer = offer;
  }

  /// Climbs.
  void run(Phase phase) throws InterruptedException {
    // A step settles for half as long as it holds.
    long holdNanos = Math.clamp(phase.forNanos() * 2 / (3 * STEPS), HOLD_MIN_NANOS, HOLD_MAX_NANOS);
    long settleNanos = holdNanos / 2;
    // The end is kept for a last step and for measuring, and counts as part of the phase.
    long until = offer.elapsedNanos() + phase.forNanos() - settleNanos - 3 * holdNanos;
    RateSearch search = new RateSearch(phase.rate());
    double tried = phase.rate();
    while (!search.isDone() && offer.elapsedNanos() < until) {
      tried = search.rate();
      search.tried(step(tried, settleNanos, holdNanos));
    }
    bracket = bracket(search);
    double best = search.best() > 0 ? search.best() : tried;
    recover(best, settleNanos, holdNanos);
    double from = seconds();
    Held held = offer.hold(2 * holdNanos, true);
    String broken = held.broken();
    measuredKept = broken == null;
    String name = measuredKept ? phase.name() : phase.name() + ": " + broken;
    add(name, true, from, held.seconds(), held);
  }

  private RateBracket bracket(RateSearch search) {
    double broken = search.lowestBroken();
    return new RateBracket(
        search.best() * basePerSecond,
        Double.isInfinite(broken) ? null : Double.valueOf(broken * basePerSecond),
        !search.isDone());
  }

  /// Back to the highest rate kept, until it is kept again: figures are not to be those of a
  /// backlog from the rate before, which the search may have left at any time.
  private void recover(double rate, long settleNanos, long holdNanos) throws InterruptedException {
    boolean kept = false;
    for (int i = 0; i <= RECOVERY_STEPS_MAX && !kept; i++) {
      kept = step(rate, settleNanos, holdNanos);
    }
  }

  private boolean step(double rate, long settleNanos, long holdNanos) throws InterruptedException {
    double from = seconds();
    offer.change(rate, settleNanos);
    Held held = offer.hold(holdNanos, false);
    basePerSecond = held.offeredPerSecond() / rate;
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

  /// Whether the schedule was kept in the measured stretch, too.
  boolean measuredKept() {
    return measuredKept;
  }

  /// How near the search came; null before it ended.
  @Nullable RateBracket bracket() {
    return bracket;
  }

  /// Each step, and the measured stretch at last.
  List<PhaseResult> results() {
    return List.copyOf(results);
  }
}
