package dev.cpra.harness.paired;

import dev.cpra.harness.paired.PairPlan.SlicedLoad;
import dev.cpra.harness.paired.PairSlices.LoadSlices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One fresh pair of JVMs: warmed up side by side, then slice after slice, one at a time, in random
/// order. While one takes its slice the other waits for a line on its standard input: its garbage
/// was collected, its compilers are silent, its clock stands still. One thread runs it; children
/// end when their parent does, for then their standard input does.
public final class Pair {
  /// How long an answer may take beyond the time that was asked for.
  private static final Duration BOUND = Duration.ofMinutes(1);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// A slice of virtual time is a multiple of so many ticks: engines do part of their work once in
  /// 256 ticks, and each slice shall have its share.
  private static final long TICKS_GRAIN = 256;

  private static final int PROBES = 5;
  private static final long PROBE_TICKS = 4 * TICKS_GRAIN;

  private final PairPlan plan;
  private final SplittableRandom random;
  private final ChildJvm a;
  private final ChildJvm b;
  private long cpuOfA;
  private long cpuOfB;

  private Pair(PairPlan plan, SplittableRandom random, ChildJvm a, ChildJvm b) {
    this.plan = plan;
    this.random = random;
    this.a = a;
    this.b = b;
  }

  /// Takes a pair.
  ///
  /// @param seed decides which of the two starts first, and the order of the slices
  /// @throws PairFailure if a child dies, does not answer, or a ledger does not balance
  public static PairSlices take(PairPlan plan, Side first, Side second, long seed)
      throws IOException, InterruptedException {
    List<Path> files = plan.loads().stream().map(SlicedLoad::file).toList();
    SplittableRandom random = new SplittableRandom(seed);
    // Who starts first starts alone, and its compilers may choose otherwise for it: that must not
    // be the same side in each pair.
    boolean aFirst = random.nextBoolean();
    try (ChildJvm early = ChildJvm.start(aFirst ? first : second, plan.monitors(), files);
        ChildJvm late = ChildJvm.start(aFirst ? second : first, plan.monitors(), files)) {
      return new Pair(plan, random, aFirst ? early : late, aFirst ? late : early).run();
    }
  }

  private PairSlices run() throws InterruptedException {
    for (int load = 0; load < plan.loads().size(); load++) {
      both(Ask.Kind.WARM_UP, load, plan.loads().get(load).warmUpNanos());
    }
    Answer[] before = both(Ask.Kind.COLLECT, 0, 0);
    long began = System.nanoTime();
    List<LoadSlices> slices = new ArrayList<>();
    for (int load = 0; load < plan.loads().size(); load++) {
      slices.add(slices(load, plan.loads().get(load)));
    }
    long took = System.nanoTime() - began;
    Answer[] after = both(Ask.Kind.TAILS, 0, 0);
    both(Ask.Kind.END, 0, 0);
    return new PairSlices(
        List.copyOf(slices),
        background(before[0], after[0], cpuOfA, took),
        background(before[1], after[1], cpuOfB, took));
  }

  private static double background(Answer before, Answer after, long inSlices, long tookNanos) {
    long used = after.processCpuNanos() - before.processCpuNanos() - inSlices;
    return Math.max(0, used) / (double) Math.max(1, tookNanos);
  }

  private LoadSlices slices(int load, SlicedLoad sliced) throws InterruptedException {
    Ask.Kind kind = sliced.virtual() ? Ask.Kind.TICKS : Ask.Kind.RUN;
    long amount = sliced.virtual() ? ticks(load, sliced) : sliced.sliceNanos();
    List<SliceFigures> ofA = new ArrayList<>(sliced.rounds());
    List<SliceFigures> ofB = new ArrayList<>(sliced.rounds());
    for (int round = 0; round < sliced.rounds(); round++) {
      boolean aFirst = random.nextBoolean();
      if (aFirst) {
        ofA.add(one(a, kind, load, amount));
      }
      ofB.add(one(b, kind, load, amount));
      if (!aFirst) {
        ofA.add(one(a, kind, load, amount));
      }
    }
    Answer[] tails = both(Ask.Kind.TAILS, load, 0);
    return new LoadSlices(List.copyOf(ofA), List.copyOf(ofB), tails(tails[0]), tails(tails[1]));
  }

  private static Answer.Tails tails(Answer answer) {
    Answer.Tails tails = answer.tails();
    return tails == null ? new Answer.Tails(null, null) : tails;
  }

  /// How many ticks the slower side does in a slice's time; the same for both, so that both do the
  /// same jobs.
  private long ticks(int load, SlicedLoad sliced) throws InterruptedException {
    double slowest = 0;
    for (ChildJvm child : new ChildJvm[] {a, b}) {
      double fastest = Double.MAX_VALUE; // what else the machine does makes a probe slower only
      for (int probe = 0; probe < PROBES; probe++) {
        SliceFigures slice = one(child, Ask.Kind.TICKS, load, PROBE_TICKS);
        fastest = Math.min(fastest, (double) slice.cpuNanos() / PROBE_TICKS);
      }
      slowest = Math.max(slowest, fastest);
    }
    long ticks = (long) (Math.min(sliced.sliceNanos(), NANOS_PER_SECOND) / Math.max(1, slowest));
    return Math.max(1, ticks / TICKS_GRAIN) * TICKS_GRAIN;
  }

  private SliceFigures one(ChildJvm child, Ask.Kind kind, int load, long amount)
      throws InterruptedException {
    child.ask(kind, load, amount);
    SliceFigures slice = child.await(bound(kind, amount)).slice();
    if (slice == null) {
      throw new PairFailure("expected the figures of a slice, found an answer without");
    }
    long cpu = slice.cpuNanos() + slice.workerCpuNanos();
    if (child == a) {
      cpuOfA += cpu;
    } else {
      cpuOfB += cpu;
    }
    return slice;
  }

  private Answer[] both(Ask.Kind kind, int load, long amount) throws InterruptedException {
    a.ask(kind, load, amount);
    b.ask(kind, load, amount);
    Duration bound = bound(kind, amount);
    Answer first = a.await(bound);
    return new Answer[] {first, b.await(bound)};
  }

  /// Ticks of virtual time are counted so that they take a second at most.
  private static Duration bound(Ask.Kind kind, long amount) {
    return kind == Ask.Kind.WARM_UP || kind == Ask.Kind.RUN ? BOUND.plusNanos(amount) : BOUND;
  }
}
