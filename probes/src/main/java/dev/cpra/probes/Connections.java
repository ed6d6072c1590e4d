package dev.cpra.probes;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens connections on one loop, and keeps some open for checks that ask for keep-alive: so many
/// per target and in all, none longer idle than [#IDLE_NANOS]. Owned by the loop's thread.
final class Connections implements AutoCloseable {
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long SWEEP_SECONDS = 10;
  // One size for all: answers are short, and a guess that adapts costs an object per connection.
  private static final FixedRecvByteBufAllocator READS = new FixedRecvByteBufAllocator(4_096);

  private final ProbeLoop loop;
  private final Sockets sockets;
  private final Tls tls;
  private final int idleMax;
  private final int idlePerTargetMax;
  private final Map<Endpoint, ArrayDeque<Connection>> idle = new HashMap<>();
  private int idleCount;
  private boolean closed;
  private @Nullable Future<?> sweeper;

  Connections(ProbeLoop loop, Sockets sockets, Tls tls, ProbeOptions options) {
    this.loop = loop;
    this.sockets = sockets;
    this.tls = tls;
    this.idleMax = options.idleMax();
    this.idlePerTargetMax = options.idlePerTargetMax();
  }

  /// Opens a connection for a run, which hears of everything that happens on it.
  ///
  /// @param given where to; null for an endpoint that is a Unix socket
  /// @param http whether HTTP is spoken on it, else bytes
  Connection open(Endpoint endpoint, @Nullable InetSocketAddress given, boolean http, NetRun run) {
    String path = endpoint.unixPath();
    SocketAddress address = path == null ? given : sockets.unixAddress(path);
    if (address == null) {
      throw new IllegalArgumentException("no address for " + endpoint);
    }
    Channel channel = path == null ? tcp() : sockets.unix();
    channel
        .config()
        // The run's own deadline ends a connect that hangs.
        .setConnectTimeoutMillis(0)
        .setRecvByteBufAllocator(READS);
    ResponseDecoder decoder = http ? new ResponseDecoder() : null;
    Connection connection = new Connection(this, endpoint, channel, decoder, run);
    ChannelPipeline pipeline = channel.pipeline().addLast("wire", new WireCounter(connection));
    if (endpoint.tls()) {
      pipeline.addLast("tls", tls.handler(channel.alloc(), endpoint));
      pipeline.addLast("first-byte", new FirstByte(connection));
    }
    if (decoder != null) {
      pipeline.addLast("http", decoder);
    }
    pipeline.addLast("run", connection);
    ChannelFuture registered = loop.eventLoop().register(channel);
    if (registered.isDone()) {
      connection.connect(registered, address);
    } else {
      registered.addListener((ChannelFuture done) -> connection.connect(done, address));
    }
    return connection;
  }

  private SocketChannel tcp() {
    SocketChannel channel = sockets.tcp();
    // The end of a request that is longer than a segment must not wait for an answer to its begin.
    channel.config().setTcpNoDelay(true);
    return channel;
  }

  /// A kept connection to this endpoint, the one used last; null without one.
  @Nullable Connection reuse(Endpoint endpoint) {
    ArrayDeque<Connection> kept = idle.get(endpoint);
    while (kept != null && !kept.isEmpty()) {
      Connection connection = kept.pollLast();
      idleCount--;
      if (kept.isEmpty()) {
        idle.remove(endpoint);
      }
      if (connection.isOpen()) {
        return connection;
      }
    }
    return null;
  }

  /// Keeps a connection that no run uses any more, or closes it if there are enough.
  void keep(Connection connection) {
    ArrayDeque<Connection> kept = idle.get(connection.endpoint());
    boolean room =
        idleCount < idleMax && (kept == null ? 0 : kept.size()) < idlePerTargetMax && !closed;
    if (!room || !connection.isOpen()) {
      connection.close();
      return;
    }
    if (kept == null) {
      kept = new ArrayDeque<>(2);
      idle.put(connection.endpoint(), kept);
    }
    connection.idleSinceNanos = loop.nanos();
    kept.addLast(connection);
    idleCount++;
    if (sweeper == null) {
      sweeper = loop.eventLoop().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  /// A connection without a run was closed by its peer.
  void gone(Connection connection) {
    ArrayDeque<Connection> kept = idle.get(connection.endpoint());
    if (kept != null && kept.remove(connection)) {
      idleCount--;
      if (kept.isEmpty()) {
        idle.remove(connection.endpoint());
      }
    }
  }

  int idleCount() {
    return idleCount;
  }

  @Override
  public void close() {
    closed = true;
    if (sweeper != null) {
      sweeper.cancel(false);
    }
    List<Connection> all = new ArrayList<>(idleCount);
    idle.values().forEach(all::addAll);
    idle.clear();
    idleCount = 0;
    all.forEach(Connection::close);
  }

  private void sweep() {
    sweeper = null;
    long oldest = loop.nanos() - IDLE_NANOS;
    List<Connection> over = new ArrayList<>();
    for (Iterator<ArrayDeque<Connection>> each = idle.values().iterator(); each.hasNext(); ) {
      ArrayDeque<Connection> kept = each.next();
      while (!kept.isEmpty() && kept.getFirst().idleSinceNanos <= oldest) {
        over.add(kept.removeFirst());
        idleCount--;
      }
      if (kept.isEmpty()) {
        each.remove();
      }
    }
    over.forEach(Connection::close);
    if (idleCount > 0) {
      sweeper = loop.eventLoop().schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }
}
