package dev.cpra.manifest;

/// What a check needs to know of its target. Every kind of check has a record of its own; who
/// executes checks chooses the implementation by the record's class.
///
/// Immutable, with value equality: a loader shares equal ones.
public interface PulseConfig {
  /// The kind's name, the `type` of a `pulse_check`.
  String type();

  /// Further tries within one check, at once, after the first has failed.
  default int retries() {
    return 0;
  }
}
