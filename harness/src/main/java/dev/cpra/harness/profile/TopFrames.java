package dev.cpra.harness.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The frames that stacks spend most in. Stateless.
public final class TopFrames {
  private TopFrames() {}

  /// A method or function.
  ///
  /// @param frame its name in the recording
  /// @param self the value of the stacks that end in it
  /// @param total the value of the stacks that it is in, counted once per stack
  public record Row(String frame, long self, long total) {
    /// A name short enough for a table: the last package, the class and the method.
    public String label() {
      return shorten(frame);
    }
  }

  /// The first rows by self value, ties by total value and name.
  public static List<Row> bySelf(Stacks stacks, int limit) {
    Comparator<Row> most =
        Comparator.comparingLong(Row::self).thenComparingLong(Row::total).reversed();
    return all(stacks).values().stream()
        .filter(row -> row.self() > 0)
        .sorted(most.thenComparing(Row::frame))
        .limit(limit)
        .toList();
  }

  /// Every frame by name.
  static Map<String, Row> all(Stacks stacks) {
    Map<String, long[]> sums = new HashMap<>();
    stacks
        .values()
        .forEach((stack, value) -> {
          List<String> frames = Stacks.frames(stack);
          Set<String> seen = new HashSet<>(frames);
          seen.forEach(frame -> sums.computeIfAbsent(frame, _ -> new long[2])[1] += value);
          if (!frames.isEmpty()) {
            sums.computeIfAbsent(frames.getLast(), _ -> new long[2])[0] += value;
          }
        });
    Map<String, Row> rows = new HashMap<>();
    sums.forEach((frame, sum) -> rows.put(frame, new Row(frame, sum[0], sum[1])));
    return rows;
  }

  /// `dev/cpra/engine/kit/TimingWheel.next` as `kit.TimingWheel.next`; C++ and kernel names, which
  /// have no slash, as they are.
  static String shorten(String frame) {
    int in = frame.indexOf(Stacks.IN);
    if (in >= 0) {
      String method = frame.substring(in + Stacks.IN.length());
      return frame.substring(0, in) + Stacks.IN + shorten(method);
    }
    int last = frame.lastIndexOf('/');
    if (last < 0) {
      return frame;
    }
    int before = frame.lastIndexOf('/', last - 1);
    return frame.substring(before + 1).replace('/', '.');
  }
}
