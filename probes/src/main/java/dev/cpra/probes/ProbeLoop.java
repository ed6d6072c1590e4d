package dev.cpra.probes;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop and what probes share on it: the clock, names, connections. Owned by its thread;
/// only [#execute] may be called from others.
public final class ProbeLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);

  private final EventLoop eventLoop;
  private final LongSupplier clock;
  private final Tls tls;
  private final BlockingTasks blocking;
  private final Sockets sockets;
  private final List<InetSocketAddress> nameServers;
  private final Pinger pinger;
  private final RunTable runs = new RunTable(this);
  private final Names names;
  private final Connections connections;
  private final AtomicLong contained = new AtomicLong();

  ProbeLoop(
      EventLoop eventLoop,
      Names names,
      Sockets sockets,
      ProbeOptions options,
      LongSupplier clock,
      Tls tls,
      BlockingTasks blocking,
      Pinger pinger) {
    this.eventLoop = eventLoop;
    this.sockets = sockets;
    this.nameServers = options.nameServers();
    this.pinger = pinger;
    this.clock = clock;
    this.tls = tls;
    this.blocking = blocking;
    this.names = names;
    this.connections = new Connections(this, sockets, tls, options);
  }

  /// Now, on the engine's clock.
  public long nanos() {
    return clock.getAsLong();
  }

  /// Runs a task on the loop's thread, after what is queued there.
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  RunTable runs() {
    return runs;
  }

  Names names() {
    return names;
  }

  Connections connections() {
    return connections;
  }

  Sockets sockets() {
    return sockets;
  }

  /// Where names are looked up; empty for the machine's own servers.
  List<InetSocketAddress> nameServers() {
    return nameServers;
  }

  Tls tls() {
    return tls;
  }

  Pinger pinger() {
    return pinger;
  }

  BlockingTasks blocking() {
    return blocking;
  }

  /// Counts an exception that was contained. Its message stays out of the log's upper levels: it
  /// may hold what a target sent. Only the 1st, 2nd, 4th, 8th ... is logged: a defect met at every
  /// check must not fill the disk.
  void contained(Throwable defect) {
    long count = contained.get() + 1;
    contained.lazySet(count);
    if (Long.bitCount(count) == 1) {
      LOG.warn("contained {} in a probe, {} so far", defect.getClass().getName(), count);
      LOG.debug("contained", defect);
    }
  }

  long containedCount() {
    return contained.get();
  }

  void close() {
    connections.close();
    names.close();
  }
}
