package dev.cpra.manifest.policy;

import dev.cpra.manifest.MonitorSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which monitors are meant: those that fit everything that is given. Immutable.
///
/// @param name a name in which `*` stands for any characters, or null for any
/// @param group one of the monitor's groups, or null for any
/// @param labels labels the monitor has, with these values; empty for any
public record Selector(@Nullable String name, @Nullable String group, Map<String, String> labels) {
  /// Every monitor.
  public static final Selector ALL = new Selector(null, null, Map.of());

  /// Copies the labels.
  public Selector {
    labels = Map.copyOf(labels);
  }

  /// Whether this monitor is meant.
  public boolean matches(MonitorSpec monitor) {
    return (name == null || glob(name, monitor.name()))
        && (group == null || monitor.groups().contains(group))
        && labels.entrySet().stream()
            .allMatch(label -> label.getValue().equals(monitor.labels().get(label.getKey())));
  }

  /// Whether `*` in the pattern can be replaced so that it is the text; every other character
  /// stands for itself. Takes at most the product of both lengths.
  static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
