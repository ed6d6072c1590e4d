package dev.cpra.simulator.work;

/// Hash functions on 64 bits. Pure; any thread.
///
/// The finaliser is SplitMix64's (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", OOPSLA 2014, with Stafford's variant 13 constants): every input bit changes every
/// output bit with probability one half.
public final class Mix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Mix() {}

  /// A bijection on 64 bits that looks random.
  public static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// A hash of two values that depends on their order.
  public static long mix(long first, long second) {
    return mix(mix(first) ^ second);
  }

  /// A hash of a text: FNV-1a over its characters, then [#mix(long)].
  public static long hash(CharSequence text) {
    long hash = FNV_OFFSET;
    for (int i = 0, length = text.length(); i < length; i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /// A hash as a number from 0 (inclusive) to 1 (exclusive).
  public static double unit(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }

  /// A hash as a number from 0 (inclusive) to `bound` (exclusive), without division bias that
  /// matters.
  public static long below(long hash, long bound) {
    return Math.unsignedMultiplyHigh(hash, bound);
  }
}
