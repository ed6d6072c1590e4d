package dev.cpra.probes;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.manifest.kind.HttpConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Run by hand: how many HTTP checks a second one loop does against a trivial server in another
/// JVM.
///
/// ```
/// java ... dev.cpra.probes.ChecksPerSecond serve 18099
/// java ... dev.cpra.probes.ChecksPerSecond 18099 io_uring|epoll|nio new|keep WORKERS SECONDS
/// ```
final class ChecksPerSecond {
  private static final Lanes.Queues QUEUES =
      new Lanes.Queues() {
        @Override
        public Queue<Batch> jobs(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }

        @Override
        public Queue<Batch> outcomes(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }
      };

  private ChecksPerSecond() {}

  public static void main(String[] args) throws InterruptedException {
    if (args[0].equals("serve")) {
      serve(Integer.parseInt(args[1]));
      return;
    }
    TransportKind kind = TransportKind.NIO;
    for (TransportKind each : TransportKind.values()) {
      kind = each.label().equals(args[1]) ? each : kind;
    }
    boolean keepAlive = args[2].equals("keep");
    measure(
        "http://127.0.0.1:" + args[0] + "/health",
        ProbeOptions.DEFAULT.withTransport(kind),
        keepAlive,
        Integer.parseInt(args[3]),
        Integer.parseInt(args[4]));
  }

  private static void measure(
      String url, ProbeOptions options, boolean keepAlive, int workers, int seconds) {
    ProbeOptions roomy =
        new ProbeOptions(
            options.threads(),
            options.transport(),
            options.nameServers(),
            options.trusted(),
            options.namesMax(),
            options.idleMax(),
            1_024,
            options.blockingMax());
    LaneLimits limits = LaneLimits.of(4_096);
    LaneQueue lane = Lanes.create(limits, limits, limits, QUEUES).pulse();
    HttpConfig config = keepAlive ? Checks.get(url).keepAlive().build() : HttpConfig.get(url);
    Probe probe = HttpProbe.check(config, TimeUnit.SECONDS.toNanos(5));
    try (ProbeLoops loops = ProbeLoops.open(roomy, System::nanoTime)) {
      LaneRunner runner =
          LaneRunner.start(lane, loops, workers, (_, _, _) -> probe, ResultListener.NONE);
      long outcomes = 0;
      long last = 0;
      long cpu = cpuNanos();
      long allocated = allocatedBytes();
      long start = System.nanoTime();
      for (int slice = 0; slice < seconds; ) {
        outcomes += drive(lane);
        long now = System.nanoTime();
        if (now - start >= TimeUnit.SECONDS.toNanos(5)) {
          long done = outcomes - last;
          long used = cpuNanos() - cpu;
          System.out.printf(
              "%s %s: %d checks/s, %.1f us CPU and %d B allocated per check, %s%n",
              loops.transport().label(),
              keepAlive ? "keep-alive" : "new connection",
              done * 1_000_000_000L / (now - start),
              used / 1e3 / done,
              (allocatedBytes() - allocated) / done,
              runner.stats().byReason());
          last = outcomes;
          cpu = cpuNanos();
          allocated = allocatedBytes();
          start = now;
          slice += 5;
        }
        LockSupport.parkNanos(100_000);
      }
      System.out.println(runner.close(java.time.Duration.ofSeconds(5)));
    }
  }

  private static long drive(LaneQueue lane) {
    long outcomes = 0;
    for (Batch batch = lane.pollOutcomes(); batch != null; batch = lane.pollOutcomes()) {
      outcomes += batch.size();
      lane.recycle(batch);
    }
    long now = System.nanoTime();
    for (int i = Math.min(lane.room(), 2_048); i > 0; i--) {
      lane.offer(i, 0, now, now + TimeUnit.SECONDS.toNanos(60), 0);
    }
    lane.flush();
    return outcomes;
  }

  /// By all threads on the heap.
  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getTotalThreadAllocatedBytes();
  }

  /// Of the whole process: the loop, the driver, the collector, the compilers.
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void serve(int port) throws InterruptedException {
    Channel listener =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4_096)
            .childHandler(new Answer())
            .bind("127.0.0.1", port)
            .sync()
            .channel();
    System.out.println("serving on " + listener.localAddress());
    listener.closeFuture().sync();
  }

  /// Takes every read for one whole request: enough for our own small ones.
  @Sharable
  private static final class Answer extends SimpleChannelInboundHandler<ByteBuf> {
    private static final ByteBuf RESPONSE =
        Unpooled.unreleasableBuffer(
            Unpooled.directBuffer()
                .writeBytes(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
                        .getBytes(StandardCharsets.US_ASCII)));

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
      boolean close = request.toString(StandardCharsets.US_ASCII).contains("connection: close");
      var written = context.writeAndFlush(RESPONSE.duplicate());
      if (close) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
