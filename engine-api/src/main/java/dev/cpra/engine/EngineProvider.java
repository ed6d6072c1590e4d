package dev.cpra.engine;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/// Makes engines of one kind. Found by [ServiceLoader] under its exact name, so that nothing
/// imports an engine.
public interface EngineProvider {
  /// The engine's name, such as `baseline`.
  String name();

  /// The options it knows, each with its accepted values and default in words.
  Map<String, String> options();

  /// Whether its engines are passive, as an [Engine] is meant to be, and so run in any time. One
  /// that stands on a timer with a thread of its own runs in the machine's time only.
  default boolean runsInVirtualTime() {
    return true;
  }

  /// Whether it is there to be compared with, and never chosen unless asked for by name.
  default boolean isYardstick() {
    return false;
  }

  /// How many jobs a batch of its lanes is to hold. A wish: whoever makes lanes for such an engine
  /// asks, because lanes are there before their engine, and may choose otherwise.
  ///
  /// @param options as for [#create]
  /// @param asked what it is otherwise; most engines have no other wish
  default int batchJobs(Map<String, String> options, int asked) {
    return asked;
  }

  /// The tick that its limits are to have, in nanoseconds. A wish as [#batchJobs] is.
  ///
  /// @param options as for [#create]
  /// @param asked what it is otherwise; most engines have no other wish
  default long tickNanos(Map<String, String> options, long asked) {
    return asked;
  }

  /// A new engine.
  ///
  /// @param options by name; an unknown name or value is refused with [IllegalArgumentException]
  ///   that says which are known
  /// @param lanes whose engine side from now on belongs to the new engine's owner
  /// @param listener told of every change of state
  Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener);

  /// A new engine with every option at its default.
  default Engine create(EngineLimits limits, Lanes lanes, Transitions listener) {
    return create(limits, Map.of(), lanes, listener);
  }

  /// The provider with exactly this name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those on the class path
  static EngineProvider named(String name) {
    TreeSet<String> known = new TreeSet<>();
    for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
      if (provider.name().equals(name)) {
        return provider;
      }
      known.add(provider.name());
    }
    throw new IllegalArgumentException("engine: expected one of " + known + ", found " + name);
  }

  /// Refuses options that this provider does not know.
  default void refuseUnknown(Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!options().containsKey(name)) {
        throw new IllegalArgumentException(
            "engine "
                + name()
                + ": unknown option "
                + name
                + ", known are "
                + new TreeSet<>(options().keySet()));
      }
    }
  }
}
