package dev.cpra.engine.contract;

import dev.cpra.engine.EngineProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/// What every engine does, as tests. One subclass per engine and combination of options runs it
/// all:
///
/// ```java
/// class BaselineEngineContractTest extends EngineContract {
///   @Override
///   protected EngineProvider provider() {
///     return new BaselineProvider();
///   }
/// }
/// ```
///
/// Each topic is an interface of test methods. All run in virtual time, in an [EngineWorld] that
/// checks the ledger and more after every tick.
public abstract class EngineContract
    implements PulseTopic,
        HealthTopic,
        InterventionTopic,
        AlertTopic,
        QueueTopic,
        OutcomeTopic,
        CallTopic,
        PauseTopic,
        LimitTopic,
        TimeTopic,
        RestoreTopic,
        DrainTopic,
        RandomTopic,
        AllocationTopic {
  private final List<EngineWorld> worlds = new ArrayList<>();

  /// Makes the engine under test.
  protected abstract EngineProvider provider();

  /// The options to test it with.
  protected Map<String, String> options() {
    return Map.of();
  }

  /// Whether a steady state allocates nothing on the engine's thread. Say no only where an option
  /// is there to show what allocating costs.
  @Override
  public boolean allocatesNothing() {
    return true;
  }

  @Override
  public final EngineWorld.Builder worldWith() {
    return EngineWorld.of(provider(), options());
  }

  @Override
  public final EngineWorld start(EngineWorld.Builder builder) {
    EngineWorld world = builder.build();
    worlds.add(world);
    return world;
  }

  @AfterEach
  final void everyWorldEndsSound() {
    worlds.forEach(EngineWorld::close);
  }
}
