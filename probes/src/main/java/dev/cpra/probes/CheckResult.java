package dev.cpra.probes;

/// What one check, repair or delivery came to. Immutable, holds no secret: neither URLs nor
/// headers, bodies or messages of foreign exceptions.
///
/// @param reason why it ended so; [Reason#OK] and nothing else means success
/// @param text one short line for people, empty if ok
/// @param status the last HTTP status, or the exit code of a program; 0 without one
/// @param connections connections opened
/// @param bytesRead bytes read from sockets, TLS included
/// @param bytesWritten bytes written to sockets, TLS included
/// @param dnsNanos time spent on names, the last attempt's, as the following ones; 0 for a literal
///   IP
/// @param connectNanos time until the connection stood; 0 if one was reused
/// @param tlsNanos time of the TLS handshake; 0 without one
/// @param firstByteNanos from the request's last byte handed over until the first one of the answer
/// @param totalNanos from start to end, all attempts
/// @param certificateExpiresSeconds when the first of the server's certificates expires, in seconds
///   since 1970; 0 without one
public record CheckResult(
    Reason reason,
    String text,
    int status,
    int connections,
    long bytesRead,
    long bytesWritten,
    long dnsNanos,
    long connectNanos,
    long tlsNanos,
    long firstByteNanos,
    long totalNanos,
    long certificateExpiresSeconds) {

  /// Whether it succeeded.
  public boolean ok() {
    return reason == Reason.OK;
  }

  /// A failure before anything touched the network.
  static CheckResult failed(Reason reason, String text) {
    return new CheckResult(reason, text, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
