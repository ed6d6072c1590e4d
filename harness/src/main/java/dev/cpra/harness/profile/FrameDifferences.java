package dev.cpra.harness.profile;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What two profiles spend per job in the same frames. Stateless.
final class FrameDifferences {
  private FrameDifferences() {}

  /// A frame's self cost per job in both, 0 where it does not occur.
  record Row(String frame, double before, double after) {
    double difference() {
      return after - before;
    }

    String label() {
      return TopFrames.shorten(frame);
    }
  }

  /// The rows that differ most, either way.
  static List<Row> largest(Profiled before, Profiled after, int limit) {
    Map<String, TopFrames.Row> first = TopFrames.all(before.tabled());
    Map<String, TopFrames.Row> second = TopFrames.all(after.tabled());
    Set<String> frames = new HashSet<>(first.keySet());
    frames.addAll(second.keySet());
    return frames.stream()
        .map(frame ->
            new Row(
                frame,
                before.perJob(self(first.get(frame))),
                after.perJob(self(second.get(frame)))))
        .filter(row -> Math.abs(row.difference()) > 0)
        .sorted(
            Comparator.comparingDouble((Row row) -> Math.abs(row.difference()))
                .reversed()
                .thenComparing(Row::frame))
        .limit(limit)
        .toList();
  }

  private static long self(TopFrames.@Nullable Row row) {
    return row == null ? 0 : row.self();
  }
}
