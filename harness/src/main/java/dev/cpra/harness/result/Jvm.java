package dev.cpra.harness.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process a trial ran in.
///
/// @param pid its process id
/// @param version the JVM's name and version
/// @param gc the collector's name
/// @param flags the arguments it was started with
public record Jvm(long pid, @Nullable String version, @Nullable String gc, List<String> flags) {}
