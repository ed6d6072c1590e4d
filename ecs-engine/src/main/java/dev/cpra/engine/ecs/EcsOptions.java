package dev.cpra.engine.ecs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an engine is put together. Every combination of structure, state and index keeps the
/// contract; they differ in what a job costs.
///
/// @param structure when entities and components come and go
/// @param state what a pulse in flight is
/// @param index how the engine finds what is due
/// @param batch most jobs in a batch, 0 for what whoever makes the lanes asks for
/// @param tickNanos the tick of the limits, 0 for what whoever makes them asks for
record EcsOptions(Structure structure, State state, Index index, int batch, long tickNanos) {
  /// When entities and components come and go.
  enum Structure {
    DEFERRED,
    EAGER
  }

  /// What a pulse in flight is.
  enum State {
    FIELD,
    TAG,
    ENUM
  }

  /// How the engine finds what is due and what has expired.
  enum Index {
    WHEEL,
    SCAN
  }

  private static final int BATCH_MAX = 1 << 16;
  private static final Pattern TICK = Pattern.compile("([0-9]{1,10})(us|ms|s)");

  /// Every option and its values in words.
  static final Map<String, String> WORDS =
      Map.of(
          "structure",
          "deferred (default): structural changes are recorded and played back once a tick;"
              + " eager: they are made at once",
          "state",
          "field (default): a pulse in flight is a field changed in place; tag: a component that"
              + " comes and goes; enum: a state of the entity",
          "index",
          "wheel (default): a timing wheel beside the world tells what is due; scan: every tick"
              + " walks all monitors",
          "batch",
          "1 to 65536: most jobs in a batch, where the lanes are made for this engine"
              + " (default: what the load asks for)",
          "tick",
          "1us to 10s, such as 100ms: the engine's tick, where the limits are made for this engine"
              + " (default: what the load asks for)");

  /// Checks the ranges.
  EcsOptions {
    if (batch < 0 || batch > BATCH_MAX) {
      throw refusal("batch", "1 to " + BATCH_MAX, String.valueOf(batch));
    }
  }

  /// Options as they are given, all names known.
  ///
  /// @throws IllegalArgumentException saying which value was expected and which was found
  static EcsOptions of(Map<String, String> given) {
    return new EcsOptions(
        choice(given, "structure", Structure.DEFERRED),
        choice(given, "state", State.FIELD),
        choice(given, "index", Index.WHEEL),
        batch(given.get("batch")),
        tick(given.get("tick")));
  }

  private static <E extends Enum<E>> E choice(Map<String, String> given, String name, E standard) {
    String found = given.get(name);
    if (found == null) {
      return standard;
    }
    E[] values = standard.getDeclaringClass().getEnumConstants();
    for (E value : values) {
      if (word(value).equals(found)) {
        return value;
      }
    }
    String expected = String.join(" or ", Arrays.stream(values).map(EcsOptions::word).toList());
    throw refusal(name, expected, found);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static int batch(@Nullable String found) {
    if (found == null) {
      return 0;
    }
    if (!found.matches("[1-9][0-9]{0,5}")) {
      throw refusal("batch", "1 to " + BATCH_MAX, found);
    }
    return Integer.parseInt(found);
  }

  private static long tick(@Nullable String found) {
    if (found == null) {
      return 0;
    }
    Matcher tick = TICK.matcher(found);
    long nanos = 0;
    if (tick.matches()) {
      long unit =
          switch (tick.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            default -> 1_000_000_000L;
          };
      nanos = Long.parseLong(tick.group(1)) * unit;
    }
    if (nanos < 1_000 || nanos > 10_000_000_000L) {
      throw refusal("tick", "1us to 10s, such as 100ms", found);
    }
    return nanos;
  }

  private static IllegalArgumentException refusal(String option, String expected, String found) {
    return new IllegalArgumentException(
        "engine ecs: option " + option + ": expected " + expected + ", found " + found);
  }
}
