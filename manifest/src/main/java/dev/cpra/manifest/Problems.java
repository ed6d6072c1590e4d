package dev.cpra.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects problems up to a bound and counts the rest. Used by one thread.
final class Problems {
  private final String file;
  private final int most;
  private final List<Problem> kept = new ArrayList<>();
  private long count;

  Problems(String file, int most) {
    this.file = file;
    this.most = most;
  }

  void add(int line, int column, String message) {
    count++;
    if (kept.size() < most) {
      kept.add(new Problem(file, line, column, message));
    }
  }

  long count() {
    return count;
  }

  long dropped() {
    return count - kept.size();
  }

  /// Those kept, by place.
  List<Problem> sorted() {
    kept.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return List.copyOf(kept);
  }

  static String report(List<Problem> problems, long more) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(problem).append('\n');
    }
    if (more > 0) {
      text.append("and ").append(more).append(" more\n");
    }
    return text.toString();
  }
}
