package dev.cpra.daemon.state;

/// Where transactions go. Used by one thread at a time.
interface Storage extends AutoCloseable {
  /// What is there.
  RecoveredState load() throws StateException;

  /// Writes all of it or nothing.
  void commit(Transaction changes) throws StateException;

  @Override
  void close();
}
