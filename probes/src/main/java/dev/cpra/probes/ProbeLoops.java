package dev.cpra.probes;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that probes run on, shared by the runners of all lanes. Thread-safe.
public final class ProbeLoops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLoops.class);
  private static final long CLOSE_SECONDS = 10;
  private static final long QUIET_MILLIS = 20;

  private final Transport transport;
  private final BlockingTasks blocking;
  private final Pinger pinger;
  private final List<ProbeLoop> loops;

  private ProbeLoops(
      Transport transport, BlockingTasks blocking, Pinger pinger, List<ProbeLoop> loops) {
    this.pinger = pinger;
    this.transport = transport;
    this.blocking = blocking;
    this.loops = loops;
  }

  /// Starts the loops.
  ///
  /// @param clock the engine's clock in nanoseconds; deadlines of jobs are on it
  public static ProbeLoops open(ProbeOptions options, LongSupplier clock) {
    Transport transport =
        Transport.open(
            options.transport(), options.threads(), new DefaultThreadFactory("cpra-probe", true));
    LOG.debug("{}, {} event loop(s)", transport.why(), options.threads());
    BlockingTasks blocking = new BlockingTasks(options.blockingMax(), BlockingTasks.WAITING_MAX);
    Tls tls = new Tls(options.trusted());
    Pinger pinger = new Pinger();
    List<ProbeLoop> loops = new ArrayList<>();
    for (int i = 0; i < options.threads(); i++) {
      EventLoop eventLoop = transport.group().next();
      Names names = new Names(eventLoop, transport, options);
      loops.add(new ProbeLoop(eventLoop, names, transport, options, clock, tls, blocking, pinger));
    }
    return new ProbeLoops(transport, blocking, pinger, List.copyOf(loops));
  }

  /// Which transport drives the sockets.
  public TransportKind transport() {
    return transport.kind();
  }

  /// One line: which transport, and why none faster.
  public String transportWhy() {
    return transport.why();
  }

  /// Runs one probe now, beside all lanes.
  ///
  /// @param monitor the handle that a notifier's context is asked about; any for a check
  /// @param detail as in a job: the colour of an alert
  /// @return completes on the loop's thread, never exceptionally
  public CompletableFuture<CheckResult> run(Probe probe, int monitor, int detail) {
    CompletableFuture<CheckResult> done = new CompletableFuture<>();
    ProbeLoop loop = of(monitor);
    loop.execute(() -> {
      ProbeRun run;
      try {
        run = probe.newRun();
      } catch (RuntimeException e) {
        loop.contained(e);
        done.complete(CheckResult.failed(Reason.EXCEPTION, Failures.text(Reason.EXCEPTION)));
        return;
      }
      run.monitor = monitor;
      run.detail = probe.detail(detail);
      long now = loop.nanos();
      run.begin(loop, now, now + probe.timeoutNanos(), (_, result) -> done.complete(result));
    });
    return done;
  }

  /// Exceptions of probes that were contained, since the start.
  public long contained() {
    long sum = 0;
    for (ProbeLoop loop : loops) {
      sum += loop.containedCount();
    }
    return sum;
  }

  /// Stops the threads. Close the runners first: they account for what is in flight.
  @Override
  public void close() {
    blocking.close();
    pinger.close();
    for (ProbeLoop loop : loops) {
      loop.execute(loop::close);
    }
    // The quiet period lets sockets that were just closed finish.
    var _ =
        transport
            .group()
            .shutdownGracefully(QUIET_MILLIS, CLOSE_SECONDS * 1_000, TimeUnit.MILLISECONDS);
    try {
      if (!transport.group().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the probes' event loops did not stop within {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  List<ProbeLoop> loops() {
    return loops;
  }

  /// The loop a monitor belongs to.
  ProbeLoop of(int monitor) {
    return loops.get(Math.floorMod(monitor, loops.size()));
  }
}
