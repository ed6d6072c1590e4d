package dev.cpra.harness.profile;

/// This machine can't be profiled; the message says why, in words for the user.
public final class ProfilerUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  ProfilerUnavailableException(String message) {
    super(message);
  }
}
