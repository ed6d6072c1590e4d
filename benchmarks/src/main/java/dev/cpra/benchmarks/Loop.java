package dev.cpra.benchmarks;

/// An engine, or the bare loop of one, with its worker, in virtual time. Used by one thread.
interface Loop {
  /// Nothing.
  Loop NONE =
      new Loop() {
        @Override
        public long run(int jobs) {
          return jobs;
        }

        @Override
        public void close() {}
      };

  /// Most jobs on their way: time waits for the worker.
  int IN_FLIGHT_MAX = 8_192;

  /// Jobs in a batch.
  int BATCH = 64;

  /// Lets time go on until so many more jobs have ended. What ends beyond that counts for the next
  /// call.
  ///
  /// @return how many have ended since the beginning
  long run(int jobs);

  /// Stops the worker.
  void close() throws InterruptedException;
}
