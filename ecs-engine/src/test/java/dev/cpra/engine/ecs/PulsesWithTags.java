package dev.cpra.engine.ecs;

import com.sun.management.ThreadMXBean;
import dev.cpra.engine.Batch;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import java.lang.management.ManagementFactory;
import java.util.Map;

/// A program: healthy pulses on an engine with tags, until a window of them has allocated nothing.
/// It prints the bytes of the best window, and how many structural changes there were.
///
/// A process of its own, as an engine has in a trial: Dominion makes a record for each change,
/// which the compiler does away with, or not, as it happens to inline. Among the other tests it
/// sometimes never did, not in 40 million pulses; in a process of its own it failed to in 2 of 128.
final class PulsesWithTags {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final int MONITORS = 1_000;
  private static final int WINDOWS_MAX = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long self = Thread.currentThread().threadId();
  private final Lanes lanes = EcsOptionsTest.lanes();
  private final EcsEngine engine;
  private long now;

  private PulsesWithTags(String structure, String index) {
    engine =
        (EcsEngine)
            new EcsEngineProvider()
                .create(
                    EngineLimits.of(MONITORS).withTick(MS),
                    Map.of("state", "tag", "structure", structure, "index", index),
                    lanes,
                    Transitions.NONE);
    for (int i = 0; i < MONITORS; i++) {
      engine.add(MonitorRules.of(SECOND, SECOND), i % 10 * 100L * MS);
    }
  }

  /// Runs it.
  ///
  /// @param arguments the options `structure` and `index`
  public static void main(String[] arguments) {
    PulsesWithTags pulses = new PulsesWithTags(arguments[0], arguments[1]);
    long least = pulses.leastBytes();
    System.out.println(least + " " + pulses.engine.world().structuralChanges());
    pulses.engine.close();
  }

  private long leastBytes() {
    run();
    long least = Long.MAX_VALUE;
    for (int window = 0; window < WINDOWS_MAX && least > 0; window++) {
      long measuring = -threads.getThreadAllocatedBytes(self);
      measuring += threads.getThreadAllocatedBytes(self);
      long before = threads.getThreadAllocatedBytes(self);
      run();
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before - measuring);
    }
    return least;
  }

  /// 20 seconds of virtual time: 20,000 pulses.
  private void run() {
    for (int i = 0; i < 2_000; i++) {
      now += 10 * MS;
      engine.tick(now);
      for (Batch batch; (batch = lanes.pulse().take()) != null; ) {
        for (int job = 0; job < batch.size(); job++) {
          batch.outcome(job, Outcome.OK);
        }
        lanes.pulse().give(batch);
      }
    }
  }
}
