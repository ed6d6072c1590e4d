package dev.cpra.benchmarks;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Vitals;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The functions of [Lifecycle], per event, over monitors whose lives have gone on for a while.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LifecycleBenchmark {
  private static final int MONITORS = 4_096;
  private static final int LIVED = 50;
  private static final double FAILURE = 0.1;

  private static final MonitorRules RULES =
      MonitorRules.of(5_000_000_000L, 1_000_000_000L)
          .withThresholds(3, 2)
          .withIntervention(new InterventionRules(1_000_000_000L, 2, 0, 3))
          .withAlerts(AlertRules.NONE);

  private final long[] vitals = new long[MONITORS];

  /// Lets every monitor live through pulses of which one in ten fails.
  @Setup
  public void live() {
    Random random = new Random(1);
    for (int m = 0; m < MONITORS; m++) {
      long v = Vitals.INITIAL;
      for (int i = 0; i < LIVED; i++) {
        v = Lifecycle.state(v);
        if (Vitals.phase(v) == Vitals.INTERVENTION_DUE) {
          v = Lifecycle.interventionOk(Lifecycle.interventionDispatched(v), RULES);
        } else {
          v = Lifecycle.pulseDispatched(v);
          v =
              random.nextDouble() < FAILURE
                  ? Lifecycle.pulseFailed(v, RULES)
                  : Lifecycle.pulseOk(v, RULES);
        }
      }
      vitals[m] = Lifecycle.state(v);
    }
  }

  /// A pulse is dispatched and passes.
  @Benchmark
  @OperationsPerInvocation(MONITORS)
  public long pulseOk() {
    long all = 0;
    for (long v : vitals) {
      all ^= Lifecycle.pulseOk(Lifecycle.pulseDispatched(v), RULES);
    }
    return all;
  }

  /// A pulse is dispatched and fails.
  @Benchmark
  @OperationsPerInvocation(MONITORS)
  public long pulseFailed() {
    long all = 0;
    for (long v : vitals) {
      all ^= Lifecycle.pulseFailed(Lifecycle.pulseDispatched(v), RULES);
    }
    return all;
  }

  /// A pulse is dispatched and expires.
  @Benchmark
  @OperationsPerInvocation(MONITORS)
  public long pulseExpired() {
    long all = 0;
    for (long v : vitals) {
      all ^= Lifecycle.pulseExpired(Lifecycle.pulseDispatched(v), RULES);
    }
    return all;
  }

  /// An intervention is dispatched and succeeds.
  @Benchmark
  @OperationsPerInvocation(MONITORS)
  public long interventionOk() {
    long all = 0;
    for (long v : vitals) {
      all ^= Lifecycle.interventionOk(Lifecycle.interventionDispatched(v), RULES);
    }
    return all;
  }
}
