package dev.cpra.harness.targets;

import dev.cpra.harness.result.StateChange;
import dev.cpra.manifest.load.Targets.Heals;
import dev.cpra.manifest.load.Targets.State;
import dev.cpra.manifest.load.Targets.Step;
import dev.cpra.manifest.load.Targets.Target;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One server on loopback whose state follows a script and which counts the connections it accepts
/// and the requests it reads. All of it belongs to one event loop, except where a method says
/// otherwise.
///
/// Connections are counted as the listener accepts them, whatever becomes of them afterwards: one
/// whose client has given up in the meantime is accepted all the same. So the count is exact, but
/// for a listener that closes while connections wait to be accepted.
///
/// While the listener is closed a socket that never listens keeps the port, so nobody else gets it.
final class EmbeddedTarget implements AutoCloseable {
  /// How much later a slow target answers unless a fault says otherwise.
  static final long SLOW_NANOS = 1_000_000_000;

  static final AttributeKey<EmbeddedTarget> KEY = AttributeKey.valueOf("cpra-target");

  private static final int BACKLOG = 4_096;

  private final Target target;
  private final String kind;
  private final TargetScript script;
  private final EventLoop loop;
  private final ChannelHandler protocol;
  private final Socket reservation;
  private final List<StateChange> states = new ArrayList<>();
  private @Nullable Channel listener;
  private State state;
  private long startNanos;
  private boolean begun;
  private boolean closed;
  private long accepted;
  private long requests;

  /// A target that listens, or not, as its script says for the start.
  EmbeddedTarget(
      Target target, String kind, TargetScript script, EventLoop loop, ChannelHandler protocol)
      throws IOException {
    this.target = target;
    this.kind = kind;
    this.script = script;
    this.loop = loop;
    this.protocol = protocol;
    this.state = script.at(0);
    this.reservation = new Socket();
    try {
      reservation.setReuseAddress(true);
      reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
    } catch (IOException e) {
      reservation.close();
      throw new IOException(
          "target " + target.name() + ": port " + target.port() + " can't be bound: " + e, e);
    }
  }

  Target target() {
    return target;
  }

  String kind() {
    return kind;
  }

  TargetScript script() {
    return script;
  }

  /// `host:port`. Any thread.
  String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + reservation.getLocalPort();
  }

  /// Listens if the state demands it.
  void open() throws IOException {
    if (state == State.DOWN || listener != null || closed) {
      return;
    }
    Channel channel =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new AcceptCounter())
            .childAttr(KEY, this)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.pipeline().addLast(protocol);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), reservation.getLocalPort())
            .channel();
    listener = channel;
  }

  private final class AcceptCounter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object child) {
      accepted++;
      context.fireChannelRead(child);
    }
  }

  /// Starts the script's clock.
  ///
  /// @param endNanos how long it runs
  void begin(long nowNanos, long endNanos) {
    startNanos = nowNanos;
    begun = true;
    note(state, "");
    for (Step step : script.steps(endNanos)) {
      if (step.atNanos() > 0) {
        long delay = Math.max(0, startNanos + step.atNanos() - System.nanoTime());
        var _ = loop.schedule(() -> enter(step.state(), ""), delay, TimeUnit.NANOSECONDS);
      }
    }
  }

  /// An intervention reached it.
  ///
  /// @return whether that changed anything
  boolean heal() {
    if (target.heals() != Heals.INTERVENTION || state == State.UP) {
      return false;
    }
    enter(State.UP, " (healed)");
    return true;
  }

  private void enter(State next, String why) {
    if (closed || next == state) {
      return;
    }
    state = next;
    note(next, why);
    Channel open = listener;
    if (next == State.DOWN && open != null) {
      listener = null;
      var _ = open.close();
    } else {
      try {
        open();
      } catch (IOException e) {
        note(State.DOWN, " (" + e.getMessage() + ")");
      }
    }
  }

  private void note(State entered, String why) {
    double seconds = begun ? (System.nanoTime() - startNanos) / 1e9 : 0;
    states.add(new StateChange(seconds, entered.name().toLowerCase(Locale.ROOT) + why));
  }

  State state() {
    return state;
  }

  void countRequest() {
    requests++;
  }

  /// Connections accepted so far.
  long accepted() {
    return accepted;
  }

  long requests() {
    return requests;
  }

  /// The states it was in, healing included.
  List<StateChange> states() {
    return List.copyOf(states);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    Channel open = listener;
    listener = null;
    if (open != null) {
      var _ = open.close();
    }
    reservation.close();
  }
}
