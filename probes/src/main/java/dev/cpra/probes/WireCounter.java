package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Counts what passes the socket, encrypted or not, for the run that uses the connection. Without
/// TLS it also notes when an answer begins; with it, [FirstByte] does.
final class WireCounter extends ChannelDuplexHandler {
  private final Connection connection;
  private final boolean plain;

  WireCounter(Connection connection) {
    this.connection = connection;
    this.plain = !connection.endpoint().tls();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    NetRun run = connection.run();
    if (run != null && message instanceof ByteBuf bytes) {
      run.bytesRead += bytes.readableBytes();
      if (plain) {
        run.onAnswer();
      }
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    NetRun run = connection.run();
    if (run != null && message instanceof ByteBuf bytes) {
      run.bytesWritten += bytes.readableBytes();
    }
    var _ = context.write(message, promise);
  }
}
