package dev.cpra.simulator;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes the engines of a world: one at the start, another after each restart.
@FunctionalInterface
public interface EngineMaker {
  /// A new engine.
  Engine make(EngineLimits limits, Lanes lanes, Transitions listener);

  /// Engines of the provider with this name.
  ///
  /// @throws IllegalArgumentException if there is none, or it refuses the options (not before an
  ///   engine is made)
  static EngineMaker of(String engine, Map<String, String> options) {
    EngineProvider provider = EngineProvider.named(engine);
    return (limits, lanes, listener) -> provider.create(limits, options, lanes, listener);
  }
}
