package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DefaultSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A socket without a network: it connects when asked to, what it is told arrives, what is written
/// to it is thrown away.
final class FuzzedSocket extends EmbeddedChannel implements SocketChannel {
  /// Takes the options that are set on it; never connected.
  private static final Socket OPTIONS = new Socket();

  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private @Nullable SocketChannelConfig config;
  private boolean connected;

  FuzzedSocket(ByteBufAllocator allocator) {
    super(DefaultChannelId.newInstance(), false, false);
    config().setAllocator(allocator);
    pipeline().addFirst("network", new Network());
  }

  private final class Network extends ChannelOutboundHandlerAdapter {
    @Override
    public void connect(
        ChannelHandlerContext context,
        SocketAddress remote,
        @Nullable SocketAddress local,
        ChannelPromise promise) {
      connected = true;
      promise.setSuccess();
      context.fireChannelActive();
    }
  }

  /// These bytes arrive.
  void arrives(byte[] bytes) {
    ByteBuf buffer = alloc().directBuffer(Math.max(1, bytes.length)).writeBytes(bytes);
    writeInbound(buffer);
    releaseOutbound();
  }

  /// The peer resets the connection.
  void reset() {
    pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    closes();
  }

  /// The peer closes the connection.
  void closes() {
    // Not `close()`: that cancels the timers of the whole loop.
    var _ = pipeline().close();
  }

  @Override
  public boolean isActive() {
    return connected && super.isActive();
  }

  @Override
  public SocketChannelConfig config() {
    SocketChannelConfig made = config;
    if (made == null) {
      config = made = new DefaultSocketChannelConfig(this, OPTIONS);
    }
    return made;
  }

  @Override
  @SuppressWarnings("NullAway") // a client's socket has no parent
  public ServerSocketChannel parent() {
    return null;
  }

  @Override
  public InetSocketAddress localAddress() {
    return NOWHERE;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return NOWHERE;
  }

  @Override
  public boolean isInputShutdown() {
    return !isActive();
  }

  @Override
  public boolean isOutputShutdown() {
    return !isActive();
  }

  @Override
  public boolean isShutdown() {
    return !isActive();
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdown();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    return shutdown(promise);
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdown();
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    return shutdown(promise);
  }

  @Override
  public ChannelFuture shutdown() {
    return close();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    return close(promise);
  }
}
