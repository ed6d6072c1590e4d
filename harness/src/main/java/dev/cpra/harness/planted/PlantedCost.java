package dev.cpra.harness.planted;

import java.util.Properties;

/// What is planted in an engine.
///
/// @param engine the engine that it takes the place of
/// @param busyNanosPerJob how long the engine's thread is kept busy for each outcome applied
/// @param stallEveryNanos how much running time passes from stall to stall; 0 for none
/// @param stallNanos how long a stall takes
/// @param bytesPerJob bytes allocated for each outcome applied
/// @param churn whether a monitor is added and removed for each outcome applied: two structural
///   changes in an entity component system
public record PlantedCost(
    String engine,
    double busyNanosPerJob,
    long stallEveryNanos,
    long stallNanos,
    int bytesPerJob,
    boolean churn) {

  /// The file on the class path that holds it.
  public static final String RESOURCE = "cpra-planted.properties";

  static PlantedCost of(Properties properties) {
    return new PlantedCost(
        properties.getProperty("engine", ""),
        Double.parseDouble(properties.getProperty("busy_nanos_per_job", "0")),
        Long.parseLong(properties.getProperty("stall_every_nanos", "0")),
        Long.parseLong(properties.getProperty("stall_nanos", "0")),
        Integer.parseInt(properties.getProperty("bytes_per_job", "0")),
        Boolean.parseBoolean(properties.getProperty("churn", "false")));
  }

  /// As [#RESOURCE] has it.
  public String text() {
    return """
    engine=%s
    busy_nanos_per_job=%s
    stall_every_nanos=%d
    stall_nanos=%d
    bytes_per_job=%d
    churn=%s
    """
        .formatted(engine, busyNanosPerJob, stallEveryNanos, stallNanos, bytesPerJob, churn);
  }
}
