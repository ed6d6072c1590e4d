package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Counts what passes the socket, encrypted or not, for the run that uses the connection.
final class WireCounter extends ChannelDuplexHandler {
  private final Connection connection;

  WireCounter(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    NetRun run = connection.run();
    if (run != null && message instanceof ByteBuf bytes) {
      run.onBytesRead(bytes.readableBytes());
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
