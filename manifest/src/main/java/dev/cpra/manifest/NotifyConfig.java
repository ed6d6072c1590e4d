package dev.cpra.manifest;

/// Where the alerts of one colour go. Immutable, with value equality.
public interface NotifyConfig {
  /// The kind's name, the `notify` of a colour.
  String type();
}
