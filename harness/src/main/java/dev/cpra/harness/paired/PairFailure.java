package dev.cpra.harness.paired;

/// A pair can't go on: a child died, did not answer, or found something wrong. The message says
/// which and why.
public final class PairFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What went wrong, and in which child.
  public PairFailure(String message) {
    super(message);
  }
}
