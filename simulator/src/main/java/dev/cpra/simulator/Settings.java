package dev.cpra.simulator;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.manifest.load.EngineSettings;
import dev.cpra.simulator.Streams.Stream;
import java.util.ArrayList;
import java.util.List;

/// The sizes of one world: those of the load, or drawn below them.
///
/// @param tickNanos of the engine
/// @param graceNanos of the engine
/// @param stepNanos jobs end at multiples of this
/// @param wakeJitterNanos the driver comes up to this much later than the engine asked for
/// @param lanes by lane's ordinal
/// @param workers by lane's ordinal
record Settings(
    long tickNanos,
    long graceNanos,
    long stepNanos,
    long wakeJitterNanos,
    List<LaneLimits> lanes,
    List<Integer> workers) {
  private static final long MS = 1_000_000;
  private static final long ODD_TICK = 700_001;

  static Settings of(Scenario scenario) {
    EngineSettings given = scenario.load().engine();
    return scenario.load().simulation().variedSizes()
        ? varied(given, new Streams(scenario.seed()))
        : plain(given);
  }

  private static Settings plain(EngineSettings given) {
    List<LaneLimits> lanes = new ArrayList<>();
    List<Integer> workers = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      EngineSettings.LaneSettings its = given.lane(lane);
      lanes.add(new LaneLimits(its.queue(), its.batch(), Math.clamp(its.queue(), 64, 65_536)));
      workers.add(its.workers());
    }
    return new Settings(
        given.tickNanos(), given.graceNanos(), given.tickNanos(), 0, lanes, workers);
  }

  private static Settings varied(EngineSettings given, Streams streams) {
    List<LaneLimits> lanes = new ArrayList<>();
    List<Integer> workers = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      EngineSettings.LaneSettings its = given.lane(lane);
      int l = lane.ordinal();
      int queue = small(streams, 10 * l, its.queue());
      int batch = small(streams, 10 * l + 1, its.batch());
      lanes.add(new LaneLimits(queue, batch, Math.max(2, small(streams, 10 * l + 2, queue))));
      workers.add(small(streams, 10 * l + 3, its.workers()));
    }
    long tick =
        switch ((int) streams.between(Stream.SIZES, 100, 0, 3)) {
          case 0 -> MS;
          case 1 -> 10 * MS;
          case 2 -> ODD_TICK;
          default -> given.tickNanos();
        };
    long step =
        switch ((int) streams.between(Stream.SIZES, 101, 0, 2)) {
          case 0 -> 1;
          case 1 -> MS / 2;
          default -> tick;
        };
    long grace =
        streams.between(Stream.SIZES, 102, 0, 2) == 0
            ? 0
            : streams.between(Stream.SIZES, 103, 0, given.graceNanos());
    long jitter =
        streams.between(Stream.SIZES, 104, 0, 1) == 0
            ? 0
            : streams.between(Stream.SIZES, 105, 1, 5 * MS);
    return new Settings(tick, grace, step, jitter, lanes, workers);
  }

  /// From 1 to `most`, small numbers as likely as large ones.
  private static int small(Streams streams, int index, int most) {
    int bits = 32 - Integer.numberOfLeadingZeros(most);
    int width = (int) streams.between(Stream.SIZES, index, 0, bits);
    int bound = Math.clamp(1L << width, 1, most);
    return (int) streams.between(Stream.SIZES, index, 7, 1, bound);
  }

  LaneLimits lane(Lane lane) {
    return lanes.get(lane.ordinal());
  }

  int workers(Lane lane) {
    return workers.get(lane.ordinal());
  }
}
