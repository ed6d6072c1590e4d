package dev.cpra.daemon.http;

import java.nio.charset.StandardCharsets;

/// What a request is answered with.
///
/// @param page which page it was, for the count
/// @param status the HTTP status
/// @param type the content type
/// @param allow the methods that are allowed, empty unless the status is 405
/// @param body the content
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(Page page, int status, String type, String allow, byte[] body) {
  /// The pages there are, and everything else.
  enum Page {
    HEALTHY,
    READY,
    METRICS,
    HEARTBEAT,
    OTHER
  }

  private static final String TEXT = "text/plain; charset=utf-8";

  static Answer text(Page page, int status, String text) {
    return new Answer(page, status, TEXT, "", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Answer notAllowed(Page page, String allow) {
    String text = "only " + allow + " is allowed here\n";
    return new Answer(page, 405, TEXT, allow, text.getBytes(StandardCharsets.UTF_8));
  }
}
