package dev.cpra.simulator;

import dev.cpra.simulator.work.Mix;

/// The one seed of a world, split into streams by purpose and place: a draw depends on nothing but
/// the seed, the stream and the index, so that a new use of chance leaves every other one as it
/// was. Immutable.
record Streams(long seed) {
  /// What chance is asked for.
  enum Stream {
    SCRIPT,
    FAULT_KIND,
    FAULT_TIME,
    FAULT_LENGTH,
    FAULT_LANE,
    FAULT_RATE,
    FAULT_EXTRA,
    JOBS_HIT,
    SIZES,
    RULES,
    ACTION_TIME,
    ACTION_MONITOR,
    ACTION_RULES,
    WAKE_UP
  }

  /// A hash that belongs to this stream and index.
  long draw(Stream stream, long index) {
    return Mix.mix(Mix.mix(seed, 0x51A0_0001L + stream.ordinal()) ^ Mix.mix(index));
  }

  /// Likewise, with a second index.
  long draw(Stream stream, long index, long second) {
    return Mix.mix(draw(stream, index), second);
  }

  /// A number from `low` to `high`, both included.
  long between(Stream stream, long index, long low, long high) {
    return low + Mix.below(draw(stream, index), high - low + 1);
  }

  /// Likewise, with a second index.
  long between(Stream stream, long index, long second, long low, long high) {
    return low + Mix.below(draw(stream, index, second), high - low + 1);
  }

  /// A fraction from 0 to below 1.
  double unit(Stream stream, long index, long second) {
    return Mix.unit(draw(stream, index, second));
  }
}
