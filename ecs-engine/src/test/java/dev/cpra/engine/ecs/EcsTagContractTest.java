package dev.cpra.engine.ecs;

import org.junit.jupiter.api.Nested;

/// The pulse in flight is a component.
final class EcsTagContractTest {
  @Nested
  final class DeferredWheel extends Combination {
    DeferredWheel() {
      super("deferred", "tag", "wheel");
    }
  }

  @Nested
  final class DeferredScan extends Combination {
    DeferredScan() {
      super("deferred", "tag", "scan");
    }
  }

  @Nested
  final class EagerWheel extends Combination {
    EagerWheel() {
      super("eager", "tag", "wheel");
    }
  }

  @Nested
  final class EagerScan extends Combination {
    EagerScan() {
      super("eager", "tag", "scan");
    }
  }
}
