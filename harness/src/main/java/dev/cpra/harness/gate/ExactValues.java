package dev.cpra.harness.gate;

import dev.cpra.harness.paired.ExactFigures;
import org.jspecify.annotations.Nullable;

/// Finds exact figures by the names that gate files give them.
final class ExactValues {
  private static final String LATENESS = "lateness_us.";
  private static final String OPERATIONS = "operations.";

  private ExactValues() {}

  /// The figure, or null if there is none of this name.
  static @Nullable Double of(@Nullable ExactFigures figures, String metric) {
    if (figures == null) {
      return null;
    }
    if (metric.startsWith(LATENESS)) {
      return figures.latenessUs().get(metric.substring(LATENESS.length()));
    }
    if (metric.startsWith(OPERATIONS)) {
      return figures.operationsPerJob().get(metric.substring(OPERATIONS.length()));
    }
    return switch (metric) {
      case "allocated_bytes_per_job" -> Double.valueOf(figures.allocatedBytesPerJob());
      case "bytes_per_monitor" -> figures.bytesPerMonitor();
      case "missed" -> Double.valueOf((double) figures.missed());
      default -> null;
    };
  }

  /// The unit of a metric.
  static String unit(String metric) {
    if (metric.startsWith(LATENESS)) {
      return "µs";
    }
    if (metric.startsWith(OPERATIONS)) {
      return "per job";
    }
    return metric.contains("bytes") ? "B" : "slots";
  }
}
