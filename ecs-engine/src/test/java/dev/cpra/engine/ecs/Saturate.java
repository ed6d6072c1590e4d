package dev.cpra.engine.ecs;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// How many jobs per second the engine moves in virtual time, with one worker thread that answers
/// OK at once. Not a test: a quick look before the harness measures.
///
/// Arguments: engine, monitors, seconds of warm-up, seconds measured, jobs that may be in the
/// queue, worker threads (0: the engine's own thread does the work), options as `name=value`.
final class Saturate {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private Saturate() {}

  /// Real bounded queues, as the harness has them.
  private static final class BoundedQueues implements Lanes.Queues {
    @Override
    public Queue<Batch> jobs(Lane lane, int capacity) {
      return new SpscVarHandleArrayQueue<>(Math.max(4, capacity));
    }

    @Override
    public Queue<Batch> outcomes(Lane lane, int capacity) {
      return new SpscVarHandleArrayQueue<>(Math.max(4, capacity));
    }
  }

  public static void main(String[] args) throws InterruptedException {
    int monitors = Integer.parseInt(args[1]);
    double warmUp = Double.parseDouble(args[2]);
    double measured = Double.parseDouble(args[3]);
    EngineProvider provider = EngineProvider.named(args[0]);
    Map<String, String> options = options(args);
    int queue = Integer.parseInt(args[4]);
    LaneLimits pulses = new LaneLimits(queue, provider.batchJobs(options, 64), queue);
    Lanes lanes = Lanes.create(pulses, LaneLimits.of(64), LaneLimits.of(64), new BoundedQueues());
    long empty = usedAfterGc();
    Engine engine = provider.create(EngineLimits.of(monitors), options, lanes, Transitions.NONE);
    load(engine, monitors);
    engine.tick(0);
    long bytes = (usedAfterGc() - empty) / monitors;
    Thread worker = new Thread(() -> work(lanes.pulse()), "worker");
    worker.setDaemon(true);
    boolean inline = Integer.parseInt(args[5]) == 0;
    if (!inline) {
      worker.start();
    }
    long now = saturate(engine, lanes, 0, warmUp, inline);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long ok = engine.ledger().pulse.ok;
    long start = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    now = saturate(engine, lanes, now, measured, inline);
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    ok = engine.ledger().pulse.ok - ok;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    String figures =
        String.format(
            Locale.ROOT,
            "%.2f M jobs/s, %.2f M by CPU time, %.4f B/job, %d B/monitor, %.0f virtual s, missed %d",
            ok / seconds / 1e6,
            ok * 1e3 / cpu,
            (double) allocated / ok,
            bytes,
            (double) now / SECOND,
            engine.ledger().pulse.missed);
    System.out.println(args[0] + " " + options + ", " + monitors + " monitors: " + figures);
    if (!engine.ledger().balanced()) {
      throw new IllegalStateException(engine.ledger().imbalance());
    }
    worker.interrupt();
    if (!inline) {
      worker.join();
    }
    engine.close();
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 6; i < args.length; i++) {
      String[] option = args[i].split("=", 2);
      options.put(option[0], option[1]);
    }
    return options;
  }

  // The originals' mix: 80 % every 5 s, 10 % every 10 s, 10 % every 15 s.
  private static void load(Engine engine, int monitors) {
    Random random = new Random(7);
    MonitorRules[] mix = {rules(5, 3), rules(10, 5), rules(15, 5)};
    for (int i = 0; i < monitors; i++) {
      int share = random.nextInt(10);
      MonitorRules rules = mix[Math.max(0, share - 7)];
      engine.add(rules, random.nextLong(rules.intervalNanos()));
    }
  }

  private static MonitorRules rules(long interval, long timeout) {
    return MonitorRules.of(interval * SECOND, timeout * SECOND).withThresholds(3, 1);
  }

  private static long saturate(
      Engine engine, Lanes lanes, long from, double seconds, boolean inline) {
    long now = from;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long room = lanes.pulse().limits().queueJobs() / 2;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 32; i++) {
        if (engine.ledger().pulse.waiting == 0 && engine.ledger().pulse.inFlight <= room) {
          now += MS;
        }
        engine.tick(now);
        if (inline) {
          workOnce(lanes.pulse());
        }
      }
    }
    return now;
  }

  private static void work(LaneQueue lane) {
    while (!Thread.interrupted()) {
      if (!workOnce(lane)) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean workOnce(LaneQueue lane) {
    boolean worked = false;
    for (Batch batch; (batch = lane.take()) != null; worked = true) {
      while (!lane.give(batch)) {
        Thread.onSpinWait();
      }
    }
    return worked;
  }

  private static long usedAfterGc() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
