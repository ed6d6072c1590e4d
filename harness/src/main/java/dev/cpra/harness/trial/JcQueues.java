package dev.cpra.harness.trial;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpmcVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// JCTools' padded array queues, the cheapest that a lane's number of worker threads allows. The
/// engine is the only producer of jobs and the only consumer of outcomes.
final class JcQueues implements Lanes.Queues {
  private final ToIntFunction<Lane> workerThreads;

  JcQueues(ToIntFunction<Lane> workerThreads) {
    this.workerThreads = workerThreads;
  }

  @Override
  public Queue<Batch> jobs(Lane lane, int capacity) {
    return alone(lane)
        ? new SpscVarHandleArrayQueue<>(Math.max(2, capacity))
        : new SpmcVarHandleArrayQueue<>(Math.max(2, capacity));
  }

  @Override
  public Queue<Batch> outcomes(Lane lane, int capacity) {
    return alone(lane)
        ? new SpscVarHandleArrayQueue<>(Math.max(2, capacity))
        : new MpscVarHandleArrayQueue<>(Math.max(2, capacity));
  }

  private boolean alone(Lane lane) {
    return workerThreads.applyAsInt(lane) == 1;
  }
}
