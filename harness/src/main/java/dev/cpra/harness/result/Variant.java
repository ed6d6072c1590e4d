package dev.cpra.harness.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One thing that is compared: an engine with options, under a name of its own.
///
/// @param name its name in reports, such as `small-batches`
/// @param engine the name of its `EngineProvider`
/// @param options the options it was created with, empty for its defaults
/// @param jvm flags of its JVM beside those of every trial; results of before they existed have
///   none
/// @param shards how many engines share its monitors, each on a thread of its own; 0 is read as 1
public record Variant(
    String name, String engine, Map<String, String> options, List<String> jvm, int shards) {
  /// Reads what is missing as none.
  public Variant {
    jvm = jvm == null ? List.of() : List.copyOf(jvm);
    shards = Math.max(1, shards);
  }

  /// With no flags of its own, in one piece.
  public Variant(String name, String engine, Map<String, String> options) {
    this(name, engine, options, List.of(), 1);
  }

  /// What sets it apart, as `name=value` and flags; empty for an engine as it is.
  public List<String> settings() {
    List<String> settings = new ArrayList<>();
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> settings.add(option.getKey() + "=" + option.getValue()));
    settings.addAll(jvm);
    if (shards > 1) {
      settings.add(shards + " shards");
    }
    return List.copyOf(settings);
  }
}
