package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// One fault as it was injected, and how long the engine took to be on schedule again.
///
/// @param kind the kind of the load's fault, such as `worker-hang`
/// @param fromSeconds when it began, since the first phase began
/// @param toSeconds when it ended
/// @param recoveryMs from its end until lateness and backlog were back at what they were before;
///   null if they never were, or the fault has no such end
public record FaultResult(
    String kind, double fromSeconds, double toSeconds, @Nullable Double recoveryMs) {}
