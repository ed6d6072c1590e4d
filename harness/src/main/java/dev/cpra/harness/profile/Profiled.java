package dev.cpra.harness.profile;

import dev.cpra.harness.trial.ProfileAnswer;
import java.util.List;

/// What one profiled trial yielded.
///
/// @param variant the variant's name
/// @param event what was sampled
/// @param started the name of the profiler's own event that did it
/// @param refused what the profiler was asked for before, and why it refused
/// @param stacks what each stack cost, in the event's unit, measured phases only
/// @param samples how many samples that rests on
/// @param seconds how long the measured phases took
/// @param jobs outcomes applied meanwhile
public record Profiled(
    String variant,
    ProfileEvent event,
    String started,
    List<ProfileAnswer.Refusal> refused,
    Stacks stacks,
    long samples,
    double seconds,
    long jobs) {

  /// A value of the stacks per job; not a number without jobs.
  double perJob(long value) {
    return jobs == 0 ? Double.NaN : (double) value / jobs;
  }

  /// The stacks as if a million jobs had been done, so that two variants compare by what a job
  /// costs; as they are without jobs.
  Stacks perMillionJobs() {
    return jobs == 0 ? stacks : stacks.times(1e6 / jobs);
  }

  /// The stacks as tables show them: of allocations, what was made and where is one frame.
  Stacks tabled() {
    return event == ProfileEvent.ALLOC ? stacks.allocatedIn() : stacks;
  }

  /// What a user should know of how it was sampled; empty if there is nothing to say.
  String warning() {
    if (samples == 0) {
      return "no samples: " + nothing();
    }
    if (refused.isEmpty()) {
      return "";
    }
    return ProfileEvent.fallback(started, refused);
  }

  private String nothing() {
    return switch (event) {
      case CPU, WALL -> "the measured phases are too short";
      case ALLOC -> "nothing was allocated that async-profiler's sampling could see";
      case LOCK -> "no thread waited a microsecond for a lock";
    };
  }
}
