package dev.cpra.harness.trial;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What async-profiler made of a [ProfileRequest].
///
/// @param started the attempt that it accepted; null if it can't profile here
/// @param refused the attempts before that, and why
public record ProfileAnswer(@Nullable String started, List<Refusal> refused) {
  /// An attempt that was refused.
  public record Refusal(String attempt, String reason) {}
}
