package dev.cpra.harness.micro;

import dev.cpra.harness.profile.ProfileEvent;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What `micro` was asked to do.
///
/// @param regex which benchmarks, by their full name
/// @param pace how long each is measured
/// @param event what async-profiler samples meanwhile; null for nothing
/// @param out where the results go
public record MicroOptions(String regex, Pace pace, @Nullable ProfileEvent event, Path out) {
  /// How long each benchmark is measured.
  ///
  /// @param forks JVMs, each with a warm-up of its own
  /// @param warmUps iterations that do not count
  /// @param iterations iterations that do, per fork
  /// @param iterationMillis how long each takes
  public record Pace(int forks, int warmUps, int iterations, long iterationMillis) {
    /// All benchmarks in some ten minutes.
    public static final Pace STANDARD = new Pace(2, 4, 5, 300);

    /// All benchmarks in some two minutes, for a first look.
    public static final Pace QUICK = new Pace(1, 2, 3, 100);

    /// How many values each score rests on.
    public int samples() {
      return forks * iterations;
    }
  }
}
