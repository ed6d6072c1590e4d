package dev.cpra.engine.ecs;

import org.junit.jupiter.api.Nested;

/// The pulse in flight is a state of its entity.
final class EcsEnumContractTest {
  @Nested
  final class DeferredWheel extends Combination {
    DeferredWheel() {
      super("deferred", "enum", "wheel");
    }
  }

  @Nested
  final class DeferredScan extends Combination {
    DeferredScan() {
      super("deferred", "enum", "scan");
    }
  }

  @Nested
  final class EagerWheel extends Combination {
    EagerWheel() {
      super("eager", "enum", "wheel");
    }
  }

  @Nested
  final class EagerScan extends Combination {
    EagerScan() {
      super("eager", "enum", "scan");
    }
  }
}
