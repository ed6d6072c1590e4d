package dev.cpra.manifest.read;

import dev.cpra.manifest.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects the problems of one file up to a bound and counts the rest. Used by one thread.
public final class Problems {
  private final String file;
  private final int most;
  private final List<Problem> kept = new ArrayList<>();
  private final Set<Problem> seen = new HashSet<>();
  private long count;
  private long reports;

  /// Of this file, keeping at most so many.
  public Problems(String file, int most) {
    this.file = file;
    this.most = most;
  }

  /// Adds a problem. The same one at the same place counts once: an aliased node is read many
  /// times.
  public void add(int line, int column, String message) {
    reports++;
    Problem problem = new Problem(file, line, column, message);
    if (kept.size() < most) {
      if (seen.add(problem)) {
        kept.add(problem);
        count++;
      }
    } else if (!seen.contains(problem)) {
      count++;
    }
  }

  /// Counts as reported what was reported before, when the node was composed.
  public void known() {
    reports++;
  }

  /// Adds a problem at a node.
  public void add(Node at, String message) {
    add(at.line(), at.column(), message);
  }

  /// How many there were, those not kept included.
  public long count() {
    return count;
  }

  /// How often something was reported, the same thing each time it was. Whoever sees it grow knows
  /// that what was read in between is not sound.
  public long reports() {
    return reports;
  }

  /// How many were not kept.
  public long dropped() {
    return count - kept.size();
  }

  /// Those kept, by place.
  public List<Problem> sorted() {
    kept.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return List.copyOf(kept);
  }
}
