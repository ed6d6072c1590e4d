package dev.cpra.harness.result;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One thing that is compared: an engine with options, under a name of its own.
///
/// @param name its name in reports, such as `small-batches`
/// @param engine the name of its `EngineProvider`
/// @param options the options it was created with, empty for its defaults
/// @param jvm flags of its JVM beside those of every trial; results of before they existed have
///   none
public record Variant(String name, String engine, Map<String, String> options, List<String> jvm) {
  /// Reads what is missing as none.
  public Variant {
    jvm = jvm == null ? List.of() : List.copyOf(jvm);
  }

  /// With no flags of its own.
  public Variant(String name, String engine, Map<String, String> options) {
    this(name, engine, options, List.of());
  }

  /// What sets it apart, as `name=value` and flags; empty for an engine as it is.
  public List<String> settings() {
    return Stream.concat(
            options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(option -> option.getKey() + "=" + option.getValue()),
            jvm.stream())
        .toList();
  }
}
