package dev.cpra.simulator;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import java.util.Queue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// The lanes of a world stand on the same bounded queues as those of an engine in production.
final class WorldLanes implements Lanes.Queues {
  private WorldLanes() {}

  static Lanes of(Settings settings) {
    return Lanes.create(
        settings.lane(Lane.PULSE),
        settings.lane(Lane.INTERVENTION),
        settings.lane(Lane.CODE),
        new WorldLanes());
  }

  @Override
  public Queue<Batch> jobs(Lane lane, int capacity) {
    return new SpscVarHandleArrayQueue<>(Math.max(4, capacity));
  }

  @Override
  public Queue<Batch> outcomes(Lane lane, int capacity) {
    return new MpscVarHandleArrayQueue<>(Math.max(2, capacity));
  }
}
