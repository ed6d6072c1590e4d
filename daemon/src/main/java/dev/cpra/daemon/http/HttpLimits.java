package dev.cpra.daemon.http;

import java.time.Duration;

/// The bounds of the status server.
///
/// @param connections at one time; further ones are answered with 503
/// @param lineBytes the request's first line
/// @param headerBytes all headers
/// @param bodyBytes the body of a heartbeat, which is not looked at
/// @param time of a connection, from accept to close
/// @param scrapes that may wait for the one that runs
public record HttpLimits(
    int connections, int lineBytes, int headerBytes, int bodyBytes, Duration time, int scrapes) {
  /// 128 connections of 15 seconds at most; 4 KiB of line, 16 KiB of headers and of body; 4
  /// scrapes.
  public static final HttpLimits DEFAULT =
      new HttpLimits(128, 4_096, 16_384, 16_384, Duration.ofSeconds(15), 4);
}
