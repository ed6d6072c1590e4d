package dev.cpra.engine.ecs;

import org.jspecify.annotations.Nullable;

/// Our own references to the rare components of one monitor, and the due time of its pulse where
/// the next slot does not tell it. Not a component: systems change components through these, at
/// once, while the world learns of their coming and going when the [CommandBuffer] is played back.
final class Rare {
  final Pulse pulse;
  @Nullable Intervention intervention;
  @Nullable AlertQueue alertQueue;
  @Nullable Incident incident;

  /// Whether the due time of the pulse that waits or is in flight is kept here.
  boolean keepsDue;

  long dueNanos;

  /// Where it stands in [RareList].
  int position;

  Rare(Pulse pulse) {
    this.pulse = pulse;
  }

  boolean isEmpty() {
    return intervention == null && alertQueue == null && incident == null && !keepsDue;
  }
}
