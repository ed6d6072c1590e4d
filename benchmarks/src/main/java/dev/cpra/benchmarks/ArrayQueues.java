package dev.cpra.benchmarks;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import java.util.Queue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// The queues of lanes with one worker thread, as trials use them.
final class ArrayQueues implements Lanes.Queues {
  @Override
  public Queue<Batch> jobs(Lane lane, int capacity) {
    return new SpscVarHandleArrayQueue<>(Math.max(2, capacity));
  }

  @Override
  public Queue<Batch> outcomes(Lane lane, int capacity) {
    return new SpscVarHandleArrayQueue<>(Math.max(2, capacity));
  }
}
