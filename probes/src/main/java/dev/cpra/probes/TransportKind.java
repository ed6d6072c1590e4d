package dev.cpra.probes;

/// How sockets are driven, the fastest first.
public enum TransportKind {
  /// Linux io_uring.
  IO_URING("io_uring"),
  /// Linux epoll.
  EPOLL("epoll"),
  /// The JDK's selectors; works everywhere.
  NIO("nio");

  private final String label;

  TransportKind(String label) {
    this.label = label;
  }

  /// Its name in the field.
  public String label() {
    return label;
  }
}
