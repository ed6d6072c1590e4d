package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.ShardedEngine;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.simulator.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The engine of a trial with its lanes: one, or several shards that share nothing, each with lanes
/// of its own.
///
/// @param engine what all calls go to; with shards, a [ShardedEngine]
/// @param shards in their order, at least one
record TrialEngine(Engine engine, List<Shard> shards) implements AutoCloseable {
  /// An engine that a thread of its own may drive.
  record Shard(Engine engine, Lanes lanes) {}

  /// An engine without monitors, with room for so many.
  ///
  /// @param shards 1 for an engine as it is
  static TrialEngine of(EngineFactory factory, int monitors, int shards, Transitions listener) {
    int room = shards == 1 ? monitors : room(monitors, shards);
    List<Shard> made = new ArrayList<>(shards);
    for (int i = 0; i < shards; i++) {
      Lanes lanes = factory.lanes();
      made.add(new Shard(factory.engine(room, lanes, listener), lanes));
    }
    Engine engine =
        shards == 1
            ? made.getFirst().engine()
            : new ShardedEngine(made.stream().map(Shard::engine).toList());
    return new TrialEngine(engine, List.copyOf(made));
  }

  /// A shard's share, and eight deviations of what a hash gives it beyond.
  private static int room(int monitors, int shards) {
    double share = (double) monitors / shards;
    return Math.min(monitors, (int) Math.ceil(share + 8 * Math.sqrt(share)) + 8);
  }

  /// Adds all monitors; those of shards by the hash of their number.
  void load(Population population) {
    if (!(engine instanceof ShardedEngine sharded)) {
      population.addTo(engine, 0, population.size(), TrialClock.START_NANOS);
      return;
    }
    for (int i = 0; i < population.size(); i++) {
      int _ =
          sharded.add(i, population.rules(i), TrialClock.START_NANOS + population.firstDueNanos(i));
    }
    int _ = sharded.tick(TrialClock.START_NANOS - 1);
  }

  /// Who owns it while the trial runs.
  ///
  /// @param drive makes that of one shard
  EngineThread drive(BiFunction<Engine, Lanes, EngineThread> drive) {
    List<EngineThread> drives =
        shards.stream().map(shard -> drive.apply(shard.engine(), shard.lanes())).toList();
    return engine instanceof ShardedEngine sharded
        ? new ShardedDrive(sharded, drives)
        : drives.getFirst();
  }

  /// Starts a crew for each shard.
  void start(List<Crew> crews) {
    IntStream.range(0, shards.size()).forEach(i -> crews.get(i).start(shards.get(i).lanes()));
  }

  @Override
  public void close() {
    engine.close();
  }
}
