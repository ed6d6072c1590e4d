package dev.cpra.harness.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process a trial ran in.
///
/// @param pid its process id
/// @param version the JVM's name and version
/// @param gc the collector's name
/// @param flags the arguments it was started with
/// @param sleep how the trial's threads slept; null in virtual time, and of results before it was
///   known
public record Jvm(
    long pid,
    @Nullable String version,
    @Nullable String gc,
    List<String> flags,
    @Nullable Sleep sleep) {}
