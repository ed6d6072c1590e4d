package dev.cpra.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Transitions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {
  private static final Scenario SCENARIO = TestLoads.scenario("mixed-faults.yaml", 3);

  /// The baseline engine, but that it never tells of missed slots.
  private static Variant silent() {
    EngineProvider provider = EngineProvider.named("baseline");
    return new Variant(
        "silent",
        (limits, lanes, listener) -> provider.create(limits, lanes, withoutMissed(listener)));
  }

  private static Transitions withoutMissed(Transitions listener) {
    return (Transitions)
        Proxy.newProxyInstance(
            ShrinkerTest.class.getClassLoader(),
            new Class<?>[] {Transitions.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("missed")
                    ? null
                    : method.invoke(listener, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aFailureShrinksToFewMonitorsFewFaultsAndShortTimeInTheSameChecker() {
    Simulator simulator = new Simulator(List.of(silent()));
    Outcome failed = simulator.run(SCENARIO);
    Failure found = found(failed);

    Outcome smallest = new Shrinker(simulator, failed, new AtomicLong()::get, 1).shrink();

    assertThat(found(smallest).checker()).isEqualTo(found.checker());
    assertThat(smallest.scenario().size()).isEqualTo(1);
    assertThat(smallest.scenario().faultIndices()).isEmpty();
    assertThat(smallest.scenario().durationNanos()).isLessThan(SCENARIO.durationNanos() / 4);
    Outcome replayed = simulator.run(smallest.scenario());
    assertThat(replayed.failure()).isEqualTo(smallest.failure());
  }

  private static Failure found(Outcome outcome) {
    Failure failure = outcome.failure();
    if (failure == null) {
      throw new AssertionError("expected a failure, found none");
    }
    return failure;
  }

  @Test
  void shrinkingEndsWhenItsTimeIsOver() {
    Simulator simulator = new Simulator(List.of(silent()));
    Outcome failed = simulator.run(SCENARIO);
    AtomicLong clock = new AtomicLong();
    Shrinker shrinker = new Shrinker(simulator, failed, clock::incrementAndGet, 3);

    assertThat(shrinker.shrink().failure()).isNotNull();
    assertThat(shrinker.tries()).isLessThanOrEqualTo(3);
  }

  @Test
  void enginesThatDifferAreToldWithTheFirstEventInWhichTheyDo() {
    EngineProvider provider = EngineProvider.named("baseline");
    // Grace is part of every deadline: this engine expires jobs later than the other.
    Variant patient =
        new Variant(
            "patient",
            (limits, lanes, listener) ->
                provider.create(limits.withGrace(limits.graceNanos() + 1), lanes, listener));
    Variant sound = Variant.of("sound", "baseline", Map.of());
    Run one = run(sound);
    Run other = run(patient);

    Failure difference =
        TraceComparison.explain(SCENARIO, one, sound.maker(), other, patient.maker());

    assertThat(one.trace()).isNotEqualTo(other.trace());
    if (difference == null) {
      throw new AssertionError("no difference found");
    }
    assertThat(difference.checker()).isEqualTo("trace");
    assertThat(difference.message()).contains("sound told `").contains("patient told `");
  }

  private static Run run(Variant variant) {
    return new Simulation(SCENARIO, variant.name(), variant.maker(), List.of())
        .run(Simulation.Progress.NONE);
  }
}
