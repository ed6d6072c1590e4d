package dev.cpra.daemon.http;

import org.jspecify.annotations.Nullable;

/// What is looked at of a request.
///
/// @param method as it came
/// @param path without the query, not decoded
/// @param accept the header, null without one
/// @param authorization the header, null without one
record Ask(String method, String path, @Nullable String accept, @Nullable String authorization) {
  /// The path may hold the token of a heartbeat.
  @Override
  public String toString() {
    return "Ask[" + method + "]";
  }
}
