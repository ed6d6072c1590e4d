package dev.cpra.harness.work;

/// Does the jobs of one lane on the thread that runs it.
public interface LaneWorker extends Runnable {
  /// Ends [#run] soon; any thread may call it.
  void stop();

  /// Jobs handed back unexecuted because their deadline had passed. Exact once the worker has
  /// ended.
  default long discarded() {
    return 0;
  }
}
