package dev.cpra.harness.targets;

import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Targets;
import dev.cpra.manifest.load.Targets.Target;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The embedded targets of one trial and the server that interventions are sent to, all on one
/// event loop. Started fresh for every trial, so that every trial finds the same world and counts
/// from 0. One thread uses it.
public final class TargetHost implements AutoCloseable {
  /// The variable with the address of the server that heals: an intervention posts to
  /// `http://${TARGET_control}/heal/NAME`.
  public static final String CONTROL = Targets.VARIABLE_PREFIX + "control";

  private static final int BODY_MAX = 65_536;
  private static final long ANSWER_SECONDS = 10;

  /// Connections that the kernel has completed are accepted well within this time.
  private static final long SETTLE_MS = 200;

  private final Load load;
  private final @Nullable EventLoopGroup group;
  private final Map<String, EmbeddedTarget> targets = new LinkedHashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  private TargetHost(Load load, @Nullable EventLoopGroup group) {
    this.load = load;
    this.group = group;
  }

  /// Starts the targets of a load; nothing at all if it has none.
  public static TargetHost start(Load load) throws IOException {
    if (load.targets().http().isEmpty() && load.targets().tcp().isEmpty()) {
      return new TargetHost(load, null);
    }
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("target", true), NioIoHandler.newFactory());
    TargetHost host = new TargetHost(load, group);
    try {
      host.open(group.next());
      return host;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private void open(EventLoop loop) throws IOException {
    HttpTargetHandler http = new HttpTargetHandler();
    TcpTargetHandler tcp = new TcpTargetHandler();
    long seed = load.work().seed();
    for (Target target : load.targets().http()) {
      add(
          new EmbeddedTarget(
              target, "http", TargetScript.of(target, load.faults(), seed), loop, http));
    }
    for (Target target : load.targets().tcp()) {
      add(
          new EmbeddedTarget(
              target, "tcp", TargetScript.of(target, load.faults(), seed), loop, tcp));
    }
    onLoop(() -> {
      for (EmbeddedTarget target : targets.values()) {
        target.open();
      }
      return true;
    });
    Channel control =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(BODY_MAX),
                            new ControlHandler(targets));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    InetSocketAddress address = (InetSocketAddress) control.localAddress();
    variables.put(CONTROL, address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  private void add(EmbeddedTarget target) {
    targets.put(target.target().name(), target);
    variables.put(target.target().variable(), target.address());
  }

  /// The addresses by variable, for whoever reads the load.
  public Map<String, String> variables() {
    return Map.copyOf(variables);
  }

  /// Starts the scripts' clock.
  public void begin() {
    if (group == null) {
      return;
    }
    long now = System.nanoTime();
    onLoop(() -> {
      targets.values().forEach(target -> target.begin(now, load.durationNanos()));
      return true;
    });
  }

  /// Puts what the targets counted beside what a trial that has drained says about them.
  public List<TargetCheck> complete(List<TargetCheck> halves) throws InterruptedException {
    if (group == null) {
      return halves;
    }
    TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
    List<TargetCheck> checks = new ArrayList<>();
    onLoop(() -> {
      for (TargetCheck half : halves) {
        EmbeddedTarget target = targets.get(half.name());
        checks.add(target == null ? half : complete(half, target));
      }
      return true;
    });
    return List.copyOf(checks);
  }

  private TargetCheck complete(TargetCheck half, EmbeddedTarget target) {
    boolean everDown = target.script().everDown(load.durationNanos());
    Boolean behaved = half.agrees();
    boolean counted = half.expected() != null && half.expected() == target.accepted();
    // A listener that closes may take connections with it that nobody accepted: no proof of
    // anything.
    Boolean agrees = counted ? behaved : everDown ? behaved : Boolean.FALSE;
    List<StateChange> demanded = target.states();
    return new TargetCheck(
        half.name(),
        target.kind(),
        target.accepted(),
        target.requests(),
        half.pulses(),
        half.expected(),
        demanded,
        half.seen(),
        agrees);
  }

  private <T> T onLoop(Callable<T> task) {
    if (group == null) {
      throw new IllegalStateException("a load without targets has no event loop");
    }
    try {
      return group.submit(task).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the targets' event loop failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while talking to the targets", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (group == null) {
      return;
    }
    for (EmbeddedTarget target : targets.values()) {
      target.close();
    }
    var _ = group.shutdownGracefully(0, ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}
