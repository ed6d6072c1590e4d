package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one check against a peer that says whatever the input holds, on the caller's thread, in
/// time that only moves when it is told to.
///
/// What the peer says follows the check from connection to connection. A byte [#PAUSE] in it ends
/// what arrives at once, a byte [#CLOSE] closes the connection.
final class FuzzedWire {
  static final byte PAUSE = (byte) 0xFE;
  static final byte CLOSE = (byte) 0xFD;

  /// What a fuzz test is given: what the peer says, and a last byte. An odd one makes the peer
  /// reset every connection at the end, else it falls silent; its other bits choose the check.
  static final class Input {
    private final byte[] script;
    private final int last;

    private Input(byte[] script, int last) {
      this.script = script;
      this.last = last;
    }

    static Input of(byte[] input) {
      return input.length == 0
          ? new Input(input, 0)
          : new Input(Arrays.copyOf(input, input.length - 1), input[input.length - 1] & 0xFF);
    }

    boolean resets() {
      return (last & 1) != 0;
    }

    int choice(int count) {
      return (last >> 1) % count;
    }
  }

  private static final int RESETS = 4;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int CONNECTIONS_MAX = 64;
  private static final int TEXT_MAX = 400;

  /// Shared by all executions: making them costs more than a check.
  private static final Tls TLS = new Tls(List.of());

  private static final BlockingTasks BLOCKING = new BlockingTasks(1, 1);
  private static final Pinger PINGER = new Pinger();
  private static final Transport TRANSPORT =
      Transport.open(TransportKind.NIO, 1, new DefaultThreadFactory("cpra-unused", true));

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final EmbeddedChannel host = new EmbeddedChannel();
  private final List<FuzzedSocket> opened = new ArrayList<>();
  private final List<CheckResult> ended = new ArrayList<>();
  private final ProbeLoop loop;
  private final long bytesMax;
  private long nowNanos = 1;

  /// @param bytesMax most bytes of buffers that the check may hold at any time
  FuzzedWire(long bytesMax) {
    this.bytesMax = bytesMax;
    host.freezeTime();
    loop =
        new ProbeLoop(
            host.eventLoop(),
            new NoNames(host.eventLoop()),
            sockets(),
            ProbeOptions.DEFAULT,
            () -> nowNanos,
            TLS,
            BLOCKING,
            PINGER);
  }

  /// Streams only.
  private Sockets sockets() {
    return new Sockets() {
      @Override
      public SocketChannel tcp() {
        return open();
      }

      @Override
      public DatagramChannel udp() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Channel unix() {
        return open();
      }

      @Override
      public SocketAddress unixAddress(String path) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      }
    };
  }

  /// No name is known, apart from `localhost`.
  private static final class NoNames extends Names {
    private final EventLoop eventLoop;

    NoNames(EventLoop eventLoop) {
      super(eventLoop, TRANSPORT, ProbeOptions.DEFAULT);
      this.eventLoop = eventLoop;
    }

    @Override
    Future<InetAddress> resolve(String host) {
      return host.equals("localhost")
          ? eventLoop.newSucceededFuture(InetAddress.getLoopbackAddress())
          : eventLoop.newFailedFuture(new UnknownHostException(host));
    }
  }

  /// Runs the check to its end and beyond; returns how it ended.
  CheckResult run(Probe probe, Input input) {
    ProbeRun run = probe.newRun();
    run.begin(loop, nowNanos, nowNanos + TIMEOUT_NANOS, (_, result) -> ended.add(result));
    settle();
    say(input.script);
    for (int i = 0; i < RESETS && input.resets(); i++) {
      part(true); // for each try that is left
    }
    nowNanos += 2 * TIMEOUT_NANOS;
    host.advanceTimeBy(2 * TIMEOUT_NANOS, TimeUnit.NANOSECONDS);
    host.runScheduledPendingTasks();
    settle();
    assertThat(ended).as("how often the check ended").hasSize(1);
    CheckResult result = ended.getFirst();
    assertThat(result.reason()).isNotEqualTo(Reason.EXCEPTION);
    assertThat(result.text()).hasSizeLessThan(TEXT_MAX);
    assertThat(result.text().chars().allMatch(c -> c >= ' ')).as(result.text()).isTrue();
    return result;
  }

  /// Ends everything that a loop keeps, then looks for what was left behind.
  void closeAndLookForLeaks() {
    loop.close();
    for (FuzzedSocket socket : opened) {
      var _ = socket.close();
    }
    settle();
    for (FuzzedSocket socket : opened) {
      socket.releaseOutbound();
      assertThat(socket.inboundMessages()).as("messages that nobody took").isEmpty();
      socket.checkException();
    }
    var _ = host.close();
    assertThat(loop.runs().size()).isZero();
    assertThat(loop.containedCount()).as("exceptions contained").isZero();
    assertThat(bytesHeld()).as("bytes of buffers not released").isZero();
  }

  private FuzzedSocket open() {
    assertThat(opened).as("connections of one check").hasSizeLessThan(CONNECTIONS_MAX);
    FuzzedSocket socket = new FuzzedSocket(allocator);
    opened.add(socket);
    return socket;
  }

  private void say(byte[] script) {
    int from = 0;
    for (int i = 0; i <= script.length; i++) {
      byte at = i < script.length ? script[i] : PAUSE;
      if (at == PAUSE || at == CLOSE) {
        arrive(Arrays.copyOfRange(script, from, i));
        from = i + 1;
        if (at == CLOSE) {
          part(false);
        }
      }
    }
  }

  private void arrive(byte[] bytes) {
    FuzzedSocket socket = opened.isEmpty() ? null : opened.getLast();
    if (bytes.length > 0 && socket != null && socket.isActive()) {
      socket.arrives(bytes);
      settle();
      assertThat(bytesHeld()).as("bytes of buffers held").isLessThanOrEqualTo(bytesMax);
    }
  }

  private void part(boolean reset) {
    FuzzedSocket socket = opened.isEmpty() ? null : opened.getLast();
    if (socket != null && socket.isActive()) {
      if (reset) {
        socket.reset();
      } else {
        socket.closes();
      }
      settle();
    }
  }

  private void settle() {
    while (host.hasPendingTasks()) {
      host.runPendingTasks();
    }
    opened.forEach(EmbeddedChannel::releaseOutbound);
  }

  private long bytesHeld() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }
}
