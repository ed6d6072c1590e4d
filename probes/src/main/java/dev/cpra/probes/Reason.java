package dev.cpra.probes;

/// Why a check, a repair or a delivery ended as it did. The ordinals index [RunnerCounters]; new
/// reasons go to the end.
public enum Reason {
  /// It did what it was meant to do.
  OK,
  /// The name does not resolve.
  DNS,
  /// Time ran out while the name was being resolved.
  DNS_TIMEOUT,
  /// Nobody listens there.
  REFUSED,
  /// There is no way there.
  UNREACHABLE,
  /// The connection failed in another way.
  CONNECT,
  /// Time ran out while connecting.
  CONNECT_TIMEOUT,
  /// The TLS handshake failed.
  TLS,
  /// The target's certificate is not trusted or not for this name.
  TLS_CERTIFICATE,
  /// Time ran out during the TLS handshake.
  TLS_TIMEOUT,
  /// The target reset the connection.
  RESET,
  /// The target closed the connection before it had answered.
  CLOSED,
  /// The connection ended in the middle of an answer.
  TRUNCATED,
  /// Time ran out while the answer was awaited.
  TIMEOUT,
  /// What came is not the protocol that was spoken.
  PROTOCOL,
  /// The header of the answer is larger than allowed.
  HEADER_TOO_LARGE,
  /// The content of the answer is longer than allowed; the rest was not read.
  BODY_TOO_LARGE,
  /// The answer has another status than expected.
  STATUS,
  /// The answer's content is not what was expected.
  CONTENT,
  /// A redirect that is not followed: a loop, too many, or one that would give credentials away.
  REDIRECT,
  /// A file could not be written.
  FILE,
  /// This machine ran out of something: ports, file descriptors, buffers.
  LOCAL_LIMIT,
  /// No probe is known for the monitor.
  NO_TARGET,
  /// The probe itself failed: a defect of ours.
  EXCEPTION,
  /// The runner closed before it ended; says nothing about the target.
  ABORTED,
  /// It answered as expected, but not as fast.
  SLOW,
  /// A certificate expires too soon.
  CERTIFICATE_EXPIRES,
  /// The system forbids us to ask.
  PERMISSION,
  /// A program could not be started.
  START,
  /// A program ended with exit code 1: warning.
  WARNING,
  /// A program ended with exit code 2: critical.
  CRITICAL,
  /// A program ended with another exit code, or by a signal: it does not know.
  UNKNOWN,
  /// A container does not run, or its own health check says that it is not well.
  UNHEALTHY,
  /// A job was silent for longer than its grace.
  SILENT,
  /// It was not allowed to be done now: see the audit log.
  HELD_BACK,
  /// Too many others of its lane were under way, and there was no room for it within its time. Of a
  /// check it says nothing about the target.
  NO_ROOM;

  private static final Reason[] ALL = values();

  /// How many reasons there are.
  public static final int COUNT = ALL.length;

  /// The reason with this ordinal, without the copy that [#values()] makes.
  public static Reason of(int ordinal) {
    return ALL[ordinal];
  }
}
