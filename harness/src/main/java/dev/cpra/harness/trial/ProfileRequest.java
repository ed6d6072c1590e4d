package dev.cpra.harness.trial;

import java.util.List;

/// What a trial is to record with async-profiler while its measured phases run. The recording and
/// the answer are written to the child's working folder, under names without a path: the profiler's
/// command syntax has no way to quote one.
///
/// @param library the file of async-profiler's native library
/// @param attempts arguments to start it with, tried in this order until one is accepted
public record ProfileRequest(String library, List<String> attempts) {
  /// The JFR recording, in the working folder.
  public static final String RECORDING = "profile.jfr";

  /// The JSON of a [ProfileAnswer], in the working folder.
  public static final String ANSWER = "profile-answer.json";
}
