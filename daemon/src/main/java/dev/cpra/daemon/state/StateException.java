package dev.cpra.daemon.state;

import org.jspecify.annotations.Nullable;

/// The state could not be read or written. The message says what was found and, where there is one,
/// the remedy.
public final class StateException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With a message for people.
  public StateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
