package dev.cpra.simulator.work;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// The faults of one lane's workers, and which job each hits: a pure function of the work's seed,
/// the fault's place in the load, monitor and job number. Immutable; any thread.
public final class LaneFaults {
  /// A lane without faults.
  public static final LaneFaults NONE = new LaneFaults(List.of(), new long[0]);

  private final List<Fault> faults;
  private final long[] salts;

  private LaneFaults(List<Fault> faults, long[] salts) {
    this.faults = faults;
    this.salts = salts;
  }

  /// Those of a load's faults that workers of this lane carry out.
  public static LaneFaults of(List<Fault> all, Lane lane, long seed) {
    return of(all, _ -> true, lane, seed);
  }

  /// Those of a load's faults that workers of this lane carry out, some left out. The others hit
  /// the same jobs as if none were left out.
  ///
  /// @param kept which of `all` are not left out, by index
  public static LaneFaults of(List<Fault> all, IntPredicate kept, Lane lane, long seed) {
    List<Fault> mine = new ArrayList<>();
    long[] salts = new long[all.size()];
    for (int i = 0; i < all.size(); i++) {
      Fault fault = all.get(i);
      boolean byLane = fault.hits(lane) && byWorkers(fault.kind());
      boolean byTarget = fault.kind().aim() == FaultKind.Aim.TARGET && JobFate.hasTargets(lane);
      if (kept.test(i) && (byLane || byTarget)) {
        salts[mine.size()] = Mix.mix(Mix.mix(seed, 0xFA017), 31L * i + lane.ordinal());
        mine.add(fault);
      }
    }
    return mine.isEmpty() ? NONE : new LaneFaults(List.copyOf(mine), salts);
  }

  /// Whether workers of any kind but scripted ones lack this fault.
  public static boolean byWorkers(FaultKind kind) {
    return kind.aim() == FaultKind.Aim.LANE && kind != FaultKind.QUEUE_FULL;
  }

  /// How many there are.
  public int size() {
    return faults.size();
  }

  /// The i-th fault.
  public Fault get(int i) {
    return faults.get(i);
  }

  /// Whether the i-th fault hits this job when it is on.
  public boolean hits(int i, int monitor, int number) {
    return Mix.unit(draw(i, monitor, number)) < faults.get(i).rate();
  }

  /// Whether the i-th fault, which aims at targets, hits this monitor's.
  boolean hitsTarget(int i, int monitor) {
    return Mix.unit(Mix.mix(salts[i], monitor)) < faults.get(i).rate();
  }

  /// A random number that belongs to the i-th fault and this job.
  public long draw(int i, int monitor, int number) {
    return Mix.mix(salts[i] ^ (((long) monitor << 32) | (number & 0xFFFF_FFFFL)));
  }
}
