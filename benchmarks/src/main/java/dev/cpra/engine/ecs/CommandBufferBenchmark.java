package dev.cpra.engine.ecs;

import dev.cpra.engine.MonitorRules;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The [CommandBuffer]: a rare component is recorded as added, and as removed, each time played
/// back in batches. Per component that came and went.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class CommandBufferBenchmark {
  private static final int MONITORS = 100_000;
  private static final int CHANGES = 5_120;

  /// Visits monitors in an order that no cache likes, as slots and outcomes do.
  private static final int STEP = 7_919;

  /// Commands between two playbacks.
  @Param({"64", "5120"})
  public int batch;

  private final CommandBuffer commands = new CommandBuffer();
  private final Pulse[] pulse = new Pulse[MONITORS];
  private final Incident[] incident = new Incident[CHANGES];
  private World world = new World(1);
  private int monitor;

  /// Creates the monitors.
  @Setup
  public void create() {
    world.close();
    world = new World(MONITORS);
    Rules rules = new Rules(MonitorRules.of(1_000_000_000, 500_000_000), 0, 0, 0);
    for (int m = 0; m < MONITORS; m++) {
      pulse[m] = new Pulse(m, rules);
      commands.create(pulse[m]);
    }
    commands.playBack(world);
    for (int i = 0; i < CHANGES; i++) {
      incident[i] = new Incident();
    }
  }

  /// Closes the world.
  @TearDown
  public void close() {
    world.close();
  }

  /// Components come in one playback and go in the next.
  @Benchmark
  @OperationsPerInvocation(CHANGES)
  public int addAndRemove() {
    for (int from = 0; from < CHANGES; from += batch) {
      int first = monitor;
      for (int i = from; i < from + batch; i++) {
        commands.add(pulse[monitor], incident[i]);
        monitor = (monitor + STEP) % MONITORS;
      }
      commands.playBack(world);
      int again = first;
      for (int i = from; i < from + batch; i++) {
        commands.remove(pulse[again], incident[i]);
        again = (again + STEP) % MONITORS;
      }
      commands.playBack(world);
    }
    return world.incidents();
  }
}
