package dev.cpra.manifest.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the harness runs: monitors, what their jobs do, when they run and what goes wrong.
/// Immutable. All durations are nanoseconds.
///
/// @param file where it was read
/// @param name of the load, also in reports and folders: letters, digits, dot, dash and underscore
/// @param question which question the load answers, or null
/// @param monitors where they come from
/// @param work what a job does
/// @param targets servers the harness starts
/// @param drive how time goes
/// @param engine sizes of the engine and its lanes
/// @param phases one after the other, at least one
/// @param collectNanos how often all garbage is collected to see what the heap holds; 0 for never
/// @param faults what goes wrong, in the order of the file, repeated ones once for each time
/// @param simulation what the seed of a simulation decides
/// @param engines variants by report name, in the order of the file; empty for the engines of the
///   command line
public record Load(
    Path file,
    String name,
    @Nullable String question,
    MonitorSource monitors,
    Work work,
    Targets targets,
    Drive drive,
    EngineSettings engine,
    List<Phase> phases,
    long collectNanos,
    List<Fault> faults,
    Simulation simulation,
    Map<String, Variant> engines) {

  /// Most collections that [#collectNanos] may ask for in one run.
  public static final int COLLECTIONS_MAX = 4_000;

  /// How long all phases take.
  public long durationNanos() {
    long total = 0;
    for (Phase phase : phases) {
      total += phase.forNanos();
    }
    return total;
  }
}
