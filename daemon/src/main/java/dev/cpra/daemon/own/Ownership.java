package dev.cpra.daemon.own;

/// Which monitors are this node's to watch. Thread-safe.
///
/// With one node it is all of them; several share them by name, and what is owned may then change.
public interface Ownership extends AutoCloseable {
  /// Whether this node watches the monitor with this name.
  boolean owns(String monitor);

  /// Gives up what is owned, so that another node can take it.
  @Override
  void close();
}
