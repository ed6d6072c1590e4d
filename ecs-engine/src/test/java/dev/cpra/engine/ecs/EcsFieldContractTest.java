package dev.cpra.engine.ecs;

import org.junit.jupiter.api.Nested;

/// The pulse in flight is a field.
final class EcsFieldContractTest {
  @Nested
  final class DeferredScan extends Combination {
    DeferredScan() {
      super("deferred", "field", "scan");
    }
  }

  @Nested
  final class EagerWheel extends Combination {
    EagerWheel() {
      super("eager", "field", "wheel");
    }
  }

  @Nested
  final class EagerScan extends Combination {
    EagerScan() {
      super("eager", "field", "scan");
    }
  }
}
