package dev.cpra.daemon.own;

/// Owns every monitor and holds nothing: for a daemon that keeps nothing, so that nobody can be in
/// its way.
public enum Everything implements Ownership {
  /// The only one.
  OWNED;

  @Override
  public boolean owns(String monitor) {
    return true;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
