package dev.cpra.daemon.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// How many lines of one key may pass: so many in a window, the rest is counted. What was counted
/// is told with the key's next line, or by [#overdue] once the window is over, so no line vanishes
/// unseen. Thread-safe; time is a parameter.
final class RateLimit {
  /// [#admit]: the line must not pass.
  static final long SUPPRESSED = -1;

  /// Most keys with a window at once; further ones share one.
  static final int KEYS_MAX = 1_024;

  private static final String OTHERS = "(other lines)";

  /// Lines that were suppressed and not told of yet.
  ///
  /// @param key theirs
  /// @param count how many
  record Suppressed(String key, long count) {}

  private static final class Window {
    long startNanos;
    int passed;
    long suppressed;
  }

  private final int linesMax;
  private final long windowNanos;
  private final Map<String, Window> windows = new HashMap<>();
  private long total;

  /// At most `linesMax` lines of a key in each window.
  RateLimit(int linesMax, long windowNanos) {
    this.linesMax = linesMax;
    this.windowNanos = windowNanos;
  }

  /// Whether a line may pass.
  ///
  /// @return [#SUPPRESSED], or how many of its key were suppressed before it
  synchronized long admit(String key, long nowNanos) {
    Window window = window(key, nowNanos);
    if (nowNanos - window.startNanos >= windowNanos) {
      window.startNanos = nowNanos;
      window.passed = 0;
    }
    if (window.passed >= linesMax) {
      window.suppressed++;
      total++;
      return SUPPRESSED;
    }
    window.passed++;
    long before = window.suppressed;
    window.suppressed = 0;
    return before;
  }

  /// Takes the counts of the windows that are over, and forgets those windows.
  synchronized List<Suppressed> overdue(long nowNanos) {
    List<Suppressed> found = new ArrayList<>();
    Iterator<Map.Entry<String, Window>> all = windows.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Window> entry = all.next();
      Window window = entry.getValue();
      if (nowNanos - window.startNanos >= windowNanos) {
        if (window.suppressed > 0) {
          found.add(new Suppressed(entry.getKey(), window.suppressed));
        }
        all.remove();
      }
    }
    return found;
  }

  /// Lines suppressed since the start.
  synchronized long total() {
    return total;
  }

  private Window window(String key, long nowNanos) {
    Window window = windows.get(key);
    if (window != null) {
      return window;
    }
    String owner = windows.size() < KEYS_MAX ? key : OTHERS;
    return windows.computeIfAbsent(
        owner,
        _ -> {
          Window made = new Window();
          made.startNanos = nowNanos;
          return made;
        });
  }
}
