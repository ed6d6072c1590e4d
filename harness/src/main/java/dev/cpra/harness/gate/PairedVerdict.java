package dev.cpra.harness.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What pairs of JVMs say of one limit.
///
/// @param load the load's name
/// @param limit what it is held to
/// @param a the side that is held to it
/// @param b what it is compared with
/// @param effect the median over the pairs: a ratio a / b, or a difference a - b in ms per second
/// @param low lower end of its bootstrap interval at 95 %
/// @param high upper end
/// @param ofA the median of a's own figures
/// @param ofB the median of b's
/// @param pairs how many pairs
/// @param effects of each pair: ln(a / b), or the difference
/// @param smallestEffect the distance from the bound that would have been seen with a power of 0.9
///   and alpha over contests times limits, in percent or ms per second
/// @param morePairs how many pairs more would probably decide; null if decided, or if too many
/// @param decision what may be said
record PairedVerdict(
    String load,
    Limit.Paired limit,
    String a,
    String b,
    @Nullable Double effect,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable Double ofA,
    @Nullable Double ofB,
    int pairs,
    List<Double> effects,
    @Nullable Double smallestEffect,
    @Nullable Integer morePairs,
    Decision decision) {

  /// A limit that this run does not look at: it needs, or excludes, another build.
  static PairedVerdict notMeasured(String load, Limit.Paired limit) {
    String a = limit.engine() == null ? "each engine" : limit.engine();
    String b = limit.versus() == null ? "another build" : limit.versus();
    return without(load, limit, a, b, 0, Decision.NOT_MEASURED);
  }

  /// A limit of a figure that the pairs do not have.
  static PairedVerdict without(
      String load, Limit.Paired limit, String a, String b, int pairs, Decision decision) {
    return new PairedVerdict(
        load, limit, a, b, null, null, null, null, null, pairs, List.of(), null, null, decision);
  }
}
