package dev.cpra.daemon.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Bounds connections in number and time. Owned by the server's one event loop.
final class ConnectionGate {
  private static final byte[] FULL =
      String.join(
              "\r\n",
              "HTTP/1.1 503 Service Unavailable",
              "Content-Length: 0",
              "Retry-After: 1",
              "Connection: close",
              "",
              "")
          .getBytes(StandardCharsets.US_ASCII);

  private final HttpLimits limits;
  private final HttpCounts counts;
  private int open;

  ConnectionGate(HttpLimits limits, HttpCounts counts) {
    this.limits = limits;
    this.counts = counts;
  }

  /// Whether a connection may stay; one that may not is answered and closed.
  boolean admit(SocketChannel connection) {
    if (open >= limits.connections()) {
      counts.refused();
      var _ =
          connection
              .writeAndFlush(Unpooled.wrappedBuffer(FULL))
              .addListener(ChannelFutureListener.CLOSE);
      return false;
    }
    open++;
    var deadline =
        connection
            .eventLoop()
            .schedule(
                () -> {
                  counts.timedOut();
                  var _ = connection.close();
                },
                limits.time().toNanos(),
                TimeUnit.NANOSECONDS);
    var _ =
        connection
            .closeFuture()
            .addListener(_ -> {
              open--;
              deadline.cancel(false);
            });
    return true;
  }
}
