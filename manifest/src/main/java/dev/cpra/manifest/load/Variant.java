package dev.cpra.manifest.load;

import java.util.List;
import java.util.Map;

/// An engine under the name a report gives it.
///
/// @param engine the engine's own name
/// @param options by name, their values as written
/// @param jvm flags of its JVM, each of [#FLAGS], beside those that every trial has; a collector
///   takes the place of theirs
/// @param shards how many engines share its monitors, each on a thread of its own, 1 to
///   [#SHARDS_MAX]
public record Variant(String engine, Map<String, String> options, List<String> jvm, int shards) {
  /// Most shards.
  public static final int SHARDS_MAX = 64;

  /// The flags that a load may ask for: what is worth comparing, and can do no harm.
  public static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseParallelGC",
          "-XX:+UseG1GC",
          "-XX:+UseZGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseTransparentHugePages",
          "-XX:+AlwaysPreTouch");
}
