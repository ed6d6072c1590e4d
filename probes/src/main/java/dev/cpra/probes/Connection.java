package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// One connection, the last handler of its pipeline: passes on to the run that uses it what
/// happens. Without a run it is kept for later, and anything that arrives then closes it.
final class Connection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {
  private final Connections home;
  private final Endpoint endpoint;
  private final Channel channel;
  private final @Nullable ResponseDecoder decoder;
  private @Nullable NetRun run;
  private boolean reused;
  long idleSinceNanos;

  Connection(
      Connections home,
      Endpoint endpoint,
      Channel channel,
      @Nullable ResponseDecoder decoder,
      NetRun run) {
    this.home = home;
    this.endpoint = endpoint;
    this.channel = channel;
    this.decoder = decoder;
    this.run = run;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Nullable NetRun run() {
    return run;
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /// Whether an earlier run used it.
  boolean isReused() {
    return reused;
  }

  Channel channel() {
    return channel;
  }

  /// Gives a kept connection to a run.
  void use(NetRun by) {
    run = by;
    reused = true;
  }

  /// Whether the next answer has no body, whatever its header says (HEAD).
  void expectBodiless(boolean bodiless) {
    if (decoder != null) {
      decoder.bodiless = bodiless;
    }
  }

  void write(ByteBuf bytes) {
    var _ = channel.writeAndFlush(bytes, channel.voidPromise());
  }

  /// The run is done with it; another one may use it.
  void keep() {
    run = null;
    home.keep(this);
  }

  /// Closes it without a word: nobody hears of it any more.
  void close() {
    run = null;
    if (channel.isRegistered()) {
      // From the head: a TLS farewell that the peer does not read must not hold the socket.
      channel.unsafe().close(channel.voidPromise());
    } else {
      channel.unsafe().closeForcibly();
    }
  }

  /// The exchange is over and the connection is not kept: closes it by a reset, which costs both
  /// sides less than a farewell, and leaves no port waiting. One with TLS is closed without one:
  /// its server may still be saying its own farewell.
  void hangUp() {
    if (channel instanceof SocketChannel tcp && tcp.isActive() && !endpoint.tls()) {
      var _ = tcp.config().setSoLinger(0);
    }
    close();
  }

  void connect(ChannelFuture registered, SocketAddress address) {
    if (run == null) {
      close();
    } else if (registered.isSuccess()) {
      var _ = channel.connect(address).addListener(this);
    } else {
      operationComplete(registered);
    }
  }

  /// The connect ended; that it succeeded is heard as `channelActive`.
  @Override
  public void operationComplete(ChannelFuture connected) {
    if (!connected.isSuccess() && run != null) {
      run.onConnectFailed(connected.cause());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (run != null) {
      run.onConnected(this);
    } else {
      close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (run == null) {
      ReferenceCountUtil.release(message);
      home.gone(this);
      close();
      return;
    }
    try {
      run.onRead(this, message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (run == null) {
      home.gone(this);
    } else {
      run.onClosed(this);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (run != null && event instanceof SslHandshakeCompletionEvent handshake) {
      run.onHandshake(this, handshake.isSuccess() ? null : handshake.cause());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (run == null) {
      home.gone(this);
      close();
    } else {
      run.onFailure(this, cause);
    }
  }
}
