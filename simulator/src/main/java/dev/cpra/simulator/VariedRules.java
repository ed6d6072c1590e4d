package dev.cpra.simulator;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.simulator.Streams.Stream;
import org.jspecify.annotations.Nullable;

/// Rules drawn around given ones: durations from a quarter to twice, small thresholds, any colours,
/// with or without an intervention. Stateless.
final class VariedRules {
  private final Streams streams;
  private final Stream stream;

  VariedRules(Streams streams, Stream stream) {
    this.streams = streams;
    this.stream = stream;
  }

  /// The rules that belong to this index.
  MonitorRules around(MonitorRules given, long index) {
    return new MonitorRules(
        scaled(given.intervalNanos(), index, 1),
        scaled(given.timeoutNanos(), index, 2),
        count(index, 3, 3),
        count(index, 4, 3),
        count(index, 5, 6),
        intervention(given, index),
        alerts(given.alerts(), index));
  }

  private @Nullable InterventionRules intervention(MonitorRules given, long index) {
    InterventionRules its = given.intervention();
    if (streams.between(stream, index, 6, 0, 3) == 0) {
      return null;
    }
    long timeout = its == null ? given.timeoutNanos() : its.timeoutNanos();
    long delay = its == null ? given.intervalNanos() : its.retryDelayNanos();
    return new InterventionRules(
        scaled(timeout, index, 7),
        count(index, 8, 3),
        streams.between(stream, index, 9, 0, 2) == 0 ? 0 : scaled(Math.max(4, delay), index, 10),
        count(index, 11, 3));
  }

  private AlertRules alerts(AlertRules given, long index) {
    int codes = (int) streams.between(stream, index, 12, 0, Code.ALL_MASK);
    if (streams.between(stream, index, 13, 0, 1) == 0) {
      codes = Code.ALL_MASK;
    }
    long remind =
        streams.between(stream, index, 14, 0, 2) == 0
            ? streams.between(stream, index, 15, 1_000_000_000L, 8_000_000_000L)
            : 0;
    return new AlertRules(
        codes,
        scaled(given.timeoutNanos(), index, 16),
        (int) streams.between(stream, index, 17, 0, 3),
        remind);
  }

  private int count(long index, int field, int most) {
    return (int) streams.between(stream, index, field, 1, most);
  }

  private long scaled(long nanos, long index, int field) {
    return Math.max(1, streams.between(stream, index, field, nanos / 4, nanos * 2));
  }
}
