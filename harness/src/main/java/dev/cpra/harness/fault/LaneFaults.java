package dev.cpra.harness.fault;

import dev.cpra.engine.Lane;
import dev.cpra.harness.work.Mix;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import java.util.List;

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
    List<Fault> mine = all.stream().filter(f -> f.hits(lane) && byWorkers(f.kind())).toList();
    long[] salts = new long[mine.size()];
    for (int i = 0; i < salts.length; i++) {
      salts[i] = Mix.mix(Mix.mix(seed, 0xFA017), 31L * all.indexOf(mine.get(i)) + lane.ordinal());
    }
    return mine.isEmpty() ? NONE : new LaneFaults(mine, salts);
  }

  /// Whether workers carry a fault out themselves.
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

  /// A random number that belongs to the i-th fault and this job.
  public long draw(int i, int monitor, int number) {
    return Mix.mix(salts[i] ^ (((long) monitor << 32) | (number & 0xFFFF_FFFFL)));
  }
}
