package dev.cpra.engine.kit;

import dev.cpra.benchmarks.Intervals;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The [TimingWheel] that both engines' due times live in. Per entry.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimingWheelBenchmark {
  private static final int ENTRIES = 8_192;

  private static TimingWheel filled(int monitors) {
    TimingWheel wheel = new TimingWheel(1_000_000);
    for (int m = 0; m < monitors; m++) {
      wheel.schedule(m, Intervals.firstTick(m));
    }
    return wheel;
  }

  /// A wheel that time moves on in.
  @State(Scope.Thread)
  public static class Running {
    /// How many entries it holds.
    @Param({"100000", "1000000"})
    public int monitors;

    private TimingWheel wheel = new TimingWheel(1_000_000);
    private int[] interval = new int[0];
    private long tick;
    private int next;

    /// Fills it.
    @Setup
    public void fill() {
      wheel = filled(monitors);
      interval = new int[monitors];
      for (int m = 0; m < monitors; m++) {
        interval[m] = Intervals.ticks(m);
      }
      tick = 0;
      next = wheel.to();
    }
  }

  /// A wheel that was only filled.
  @State(Scope.Thread)
  public static class Filled {
    /// How many entries it holds.
    @Param({"100000", "1000000"})
    public int monitors;

    private TimingWheel wheel = new TimingWheel(1_000_000);

    /// Fills a fresh one.
    @Setup(Level.Invocation)
    public void fill() {
      wheel = filled(monitors);
    }
  }

  /// An entry expires and is inserted again one interval later.
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public long expireAndInsert(Running running) {
    TimingWheel wheel = running.wheel;
    int next = running.next;
    for (int i = 0; i < ENTRIES; i++) {
      while (next == wheel.to()) {
        running.tick = wheel.next(Long.MAX_VALUE);
        next = wheel.from();
      }
      int monitor = wheel.handles()[next++];
      wheel.schedule(monitor, running.tick + running.interval[monitor]);
    }
    running.next = next;
    return running.tick;
  }

  /// Entries are inserted into a wheel that holds others.
  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public long insert(Filled filled) {
    TimingWheel wheel = filled.wheel;
    for (int m = 0; m < ENTRIES; m++) {
      wheel.schedule(m, Intervals.ticks(m));
    }
    return wheel.size();
  }
}
