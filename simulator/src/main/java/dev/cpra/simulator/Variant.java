package dev.cpra.simulator;

import java.util.Map;

/// An engine to simulate.
///
/// @param name what it is called in the results
/// @param maker makes it
public record Variant(String name, EngineMaker maker) {
  /// The engine with this name and these options.
  ///
  /// @throws IllegalArgumentException if there is none with this name
  public static Variant of(String name, String engine, Map<String, String> options) {
    return new Variant(name, EngineMaker.of(engine, options));
  }
}
