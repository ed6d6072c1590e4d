package dev.cpra.harness.trial;

/// A trial can't go on; the message is the reason that the report shows.
final class TrialFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrialFailure(String reason) {
    super(reason);
  }

  TrialFailure(String reason, Throwable cause) {
    super(reason, cause);
  }
}
