package dev.cpra.harness.gate;

import dev.cpra.harness.statistics.ClippedSignFlip;
import dev.cpra.harness.statistics.Holm;
import java.util.Arrays;
import java.util.List;

/// When to stop, and what may then be said: a group-sequential test with the error shared out among
/// the looks beforehand (Bonferroni, so valid however the looks depend on one another).
///
/// There are looks after [#LOOKS] pairs, each of which may spend [#LOOK_SHARE] of alpha; a last
/// look when the time or the pairs are used up spends all that is left. How many pairs that will be
/// depends on how long they take, and on what they say only in that a decided load is no longer
/// run: what is left is shared out as if it did not.
///
/// At a look each limit is tested on both sides with [ClippedSignFlip]:
///
/// - it **passes** if the values lie on the good side of the bound. A gate passes only if every
///   limit does, so no correction is due for their number (intersection-union test);
/// - it **fails** if they lie on the bad side, after Holm's correction over all limits of the
///   contest, and with alpha divided by the number of contests: one false alarm fails a gate.
///
/// What was decided stays decided. Values are excesses: above 0 is on the bad side of the bound.
final class SequentialRule {
  /// Pairs after which there is a look.
  static final List<Integer> LOOKS = List.of(7, 11, 17, 24);

  /// What each of them spends of alpha. At 0.05 the first look can just pass: seven values of one
  /// sign have p = 1/128. The second is the first that can fail one limit of five: 1/2048.
  static final double LOOK_SHARE = 0.16;

  private final double alpha;
  private final int contests;
  private final Decision[] decisions;
  private double spent;
  private boolean closed;

  /// @param limits how many limits the contest has
  /// @param contests how many contests the gate has
  SequentialRule(double alpha, int limits, int contests) {
    this.alpha = alpha;
    this.contests = contests;
    this.decisions = new Decision[limits];
    Arrays.fill(decisions, Decision.INCONCLUSIVE);
  }

  /// Whether there is a look after so many pairs.
  static boolean isLook(int pairs) {
    return LOOKS.contains(pairs);
  }

  /// A look.
  ///
  /// @param excess of each limit, one value per pair
  /// @param last whether there will be no other
  void look(List<double[]> excess, boolean last) {
    if (closed) {
      return;
    }
    double share = last ? Math.max(0, 1 - spent) : LOOK_SHARE;
    spent += share;
    closed = last;
    double spend = alpha * share;
    double[] fails = new double[decisions.length];
    for (int limit = 0; limit < fails.length; limit++) {
      fails[limit] = ClippedSignFlip.above(excess.get(limit));
    }
    double[] adjusted = Holm.adjust(fails);
    for (int limit = 0; limit < decisions.length; limit++) {
      if (decisions[limit] != Decision.INCONCLUSIVE) {
        continue;
      }
      if (adjusted[limit] <= spend / contests) {
        decisions[limit] = Decision.REGRESSION;
      } else if (ClippedSignFlip.below(excess.get(limit)) <= spend) {
        decisions[limit] = Decision.PASS;
      }
    }
  }

  /// Whether nothing is open any more.
  boolean isClear() {
    return Arrays.stream(decisions).noneMatch(decision -> decision == Decision.INCONCLUSIVE);
  }

  /// Whether a limit is known to be broken: what the others would say no longer matters.
  boolean isBroken() {
    return Arrays.stream(decisions).anyMatch(decision -> decision == Decision.REGRESSION);
  }

  /// What is known of a limit.
  Decision decision(int limit) {
    return decisions[limit];
  }
}
