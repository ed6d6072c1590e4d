package dev.cpra.daemon.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Answers over HTTP: health, readiness, metrics, heartbeats.
///
/// Netty rather than the JDK's server, which has no bound for the request line and takes those for
/// connections, headers and times from system properties, for all servers of the process at once,
/// unseen and untestable. Here each is an argument ([HttpLimits]). It has a thread of its own
/// beside those of the probes, so it answers also when they are stuck; scrapes run on another one.
/// One request per connection: every connection has one deadline and no state to come back to.
///
/// Thread-safe.
public final class StatusServer implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final long CLOSE_MILLIS = 2_000;

  private final EventLoopGroup group;
  private final ThreadPoolExecutor scrapes;
  private final Channel channel;

  private StatusServer(EventLoopGroup group, ThreadPoolExecutor scrapes, Channel channel) {
    this.group = group;
    this.scrapes = scrapes;
    this.channel = channel;
  }

  /// Starts to listen.
  ///
  /// @throws IOException if it cannot; the message names the address
  public static StatusServer start(
      ListenAddress address, StatusPages pages, HttpCounts counts, HttpLimits limits)
      throws IOException {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("cpra-status", true), NioIoHandler.newFactory());
    ThreadPoolExecutor scrapes =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.scrapes()),
            new DefaultThreadFactory("cpra-scrape", true));
    ConnectionGate gate = new ConnectionGate(limits, counts);
    var bind =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    if (gate.admit(connection)) {
                      connection
                          .pipeline()
                          .addLast(new HttpServerCodec(decoder(limits)))
                          .addLast(new BoundedBody(limits, counts))
                          .addLast(new RequestHandler(pages, counts, scrapes));
                    }
                  }
                })
            .bind(address.socket())
            .awaitUninterruptibly();
    if (!bind.isSuccess()) {
      scrapes.shutdownNow();
      var _ = group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      Throwable cause = bind.cause();
      throw new IOException(
          "cannot listen on "
              + address
              + ": "
              + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
              + "; choose another with --listen",
          cause);
    }
    return new StatusServer(group, scrapes, bind.channel());
  }

  /// Where it listens, such as `127.0.0.1:9750`.
  public String address() {
    return ListenAddress.text((InetSocketAddress) channel.localAddress());
  }

  /// The port it listens on.
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Stops to listen and ends its threads, within two seconds.
  @Override
  public void close() {
    var _ = channel.close().awaitUninterruptibly();
    scrapes.shutdownNow();
    var _ =
        group
            .shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(CLOSE_MILLIS);
  }

  private static HttpDecoderConfig decoder(HttpLimits limits) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(limits.lineBytes())
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxChunkSize(limits.bodyBytes());
  }
}
