package dev.cpra.daemon.core;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import java.util.Queue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// The queues of the daemon's lanes: one thread takes jobs, every event loop gives outcomes.
final class LaneQueues implements Lanes.Queues {
  @Override
  public Queue<Batch> jobs(Lane lane, int capacity) {
    return new SpscVarHandleArrayQueue<>(Math.max(2, capacity));
  }

  @Override
  public Queue<Batch> outcomes(Lane lane, int capacity) {
    return new MpscVarHandleArrayQueue<>(Math.max(2, capacity));
  }
}
