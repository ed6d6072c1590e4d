package dev.cpra.manifest;

/// What an intervention needs to know of the target it repairs. Immutable, with value equality.
public interface InterventionConfig {
  /// The kind's name, the `action` of an `intervention`.
  String type();

  /// Further tries within one attempt, at once, after the first has failed.
  default int retries() {
    return 0;
  }
}
