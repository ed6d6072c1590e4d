package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Notes when an answer begins behind TLS, for the run that uses the connection. On the socket
/// there may be a session ticket before it, or the server's farewell instead of it.
final class FirstByte extends ChannelInboundHandlerAdapter {
  private final Connection connection;

  FirstByte(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    NetRun run = connection.run();
    if (run != null && message instanceof ByteBuf) {
      run.onAnswer();
    }
    context.fireChannelRead(message);
  }
}
