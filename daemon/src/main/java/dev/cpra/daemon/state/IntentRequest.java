package dev.cpra.daemon.state;

import org.jspecify.annotations.Nullable;

/// An intent on its way to disk, for which somebody waits. Guarded by its log's lock.
final class IntentRequest {
  final InterventionRecord record;

  /// Whether it is decided.
  boolean done;

  /// Why it was not written; null if it was.
  @Nullable String refusal;

  IntentRequest(InterventionRecord record) {
    this.record = record;
  }
}
