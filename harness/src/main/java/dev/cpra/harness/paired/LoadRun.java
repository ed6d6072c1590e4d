package dev.cpra.harness.paired;

/// One engine on one load, which runs only when told to. Everything is called by one thread.
sealed interface LoadRun extends AutoCloseable permits VirtualRun, OpenRun {
  /// Runs on.
  ///
  /// @param amount virtual ticks or nanoseconds, as the load's drive wants
  SliceFigures run(long amount) throws InterruptedException;

  /// Runs for about so long by the machine's clock, to warm up.
  void warmUp(long nanos) throws InterruptedException;

  /// Drains the engine.
  ///
  /// @return what does not balance, or why it did not drain; null if all is well
  @org.jspecify.annotations.Nullable
  String drain() throws InterruptedException;

  /// The histograms of all slices.
  Answer.Tails tails() throws InterruptedException;

  @Override
  void close();
}
