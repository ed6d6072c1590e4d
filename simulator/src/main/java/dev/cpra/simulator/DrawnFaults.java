package dev.cpra.simulator;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Simulation;
import dev.cpra.simulator.Streams.Stream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The faults that a simulation's seed draws. Each seed uses some kinds only ("swarm testing":
/// Groce and others, ISSTA 2012): what all kinds together would hide shows when some are absent.
final class DrawnFaults {
  private static final FaultKind[] KINDS = FaultKind.values();
  private static final Lane[] LANES = Lane.values();

  private final Streams streams;
  private final Simulation simulation;
  private final long totalNanos;
  private final List<FaultKind> swarm = new ArrayList<>();

  private DrawnFaults(Load load, long seed) {
    this.streams = new Streams(seed);
    this.simulation = load.simulation();
    this.totalNanos = load.durationNanos();
    for (FaultKind kind : KINDS) {
      if (streams.between(Stream.FAULT_KIND, -1 - kind.ordinal(), 0, 1) == 0) {
        swarm.add(kind);
      }
    }
    if (swarm.isEmpty()) {
      swarm.addAll(List.of(KINDS));
    }
  }

  /// The load's own faults, then the drawn ones.
  static List<Fault> allOf(Load load, long seed) {
    List<Fault> all = new ArrayList<>(load.faults());
    DrawnFaults drawn = new DrawnFaults(load, seed);
    for (int i = 0; i < load.simulation().faults(); i++) {
      all.add(drawn.fault(i));
    }
    return all;
  }

  private Fault fault(int i) {
    FaultKind kind = swarm.get((int) streams.between(Stream.FAULT_KIND, i, 0, swarm.size() - 1));
    long longest = Math.min(simulation.longestNanos(), totalNanos);
    long length =
        kind.isInstant() ? 0 : streams.between(Stream.FAULT_LENGTH, i, longest / 100 + 1, longest);
    long at = streams.between(Stream.FAULT_TIME, i, 0, Math.max(0, totalNanos - length - 1));
    double draw = streams.unit(Stream.FAULT_RATE, i, 0);
    double rate =
        switch ((int) streams.between(Stream.FAULT_RATE, i, 1, 0, 3)) {
          case 0 -> 1;
          case 1 -> Math.max(0.01, draw / 10);
          default -> Math.max(0.01, draw);
        };
    long extra = streams.between(Stream.FAULT_EXTRA, i, 1, Math.max(1, longest / 4));
    boolean back = streams.between(Stream.FAULT_EXTRA, i, 1, 0, 1) == 0;
    return new Fault(
        kind,
        at,
        length,
        lane(kind, i),
        kind.aim() == FaultKind.Aim.ENGINE ? 1 : rate,
        null,
        extra,
        kind == FaultKind.CLOCK_JUMP ? (back ? -extra : extra) : 0,
        Math.max(1, extra / 2));
  }

  private @Nullable Lane lane(FaultKind kind, int i) {
    int drawn = (int) streams.between(Stream.FAULT_LANE, i, 0, LANES.length);
    return kind.aim() == FaultKind.Aim.LANE && drawn < LANES.length ? LANES[drawn] : null;
  }
}
