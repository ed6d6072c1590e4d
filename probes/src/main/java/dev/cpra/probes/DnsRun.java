package dev.cpra.probes;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One execution of a [DnsProbe]: over UDP, each try from a port of its own, and once more over TCP
/// if the answer was cut short. The run's time is shared evenly among its tries.
final class DnsRun extends ProbeRun {
  private final DnsProbe probe;
  private int triesLeft;
  private int attempt;
  private int id;
  private long tryNanos;
  private long phaseStartNanos;
  private Reason waitingFor = Reason.TIMEOUT;
  private @Nullable Channel channel;
  private @Nullable Future<?> timer;

  DnsRun(DnsProbe probe, int tries) {
    this.probe = probe;
    this.triesLeft = tries;
  }

  @Override
  protected void start() {
    tryNanos = Math.max(1, (deadlineNanos - loop().nanos()) / triesLeft);
    attempt();
  }

  @Override
  protected Reason timeoutReason() {
    return waitingFor;
  }

  @Override
  protected void release() {
    drop();
    cancelTimer();
  }

  private void attempt() {
    triesLeft--;
    cancelTimer();
    if (triesLeft > 0) {
      timer =
          loop().eventLoop().schedule(() -> fail(waitingFor, null), tryNanos, TimeUnit.NANOSECONDS);
    }
    Endpoint server = probe.server();
    InetSocketAddress known = server == null ? own() : server.literal();
    if (server == null || known != null) {
      if (known == null) {
        end(Reason.DNS, "this machine has no name server");
      } else {
        ask(known, probe.tcp());
      }
      return;
    }
    enter(Reason.DNS_TIMEOUT);
    int current = ++attempt;
    loop()
        .names()
        .resolve(server.host())
        .addListener((Future<InetAddress> done) -> {
          if (hasEnded() || attempt != current) {
            return;
          }
          dnsNanos = loop().nanos() - phaseStartNanos;
          if (done.isSuccess()) {
            ask(new InetSocketAddress(done.getNow(), server.port()), probe.tcp());
          } else {
            fail(Failures.name(done.cause()), null);
          }
        });
  }

  private @Nullable InetSocketAddress own() {
    List<InetSocketAddress> given = loop().nameServers();
    if (!given.isEmpty()) {
      return given.getFirst();
    }
    InetSocketAddress first =
        DnsServerAddressStreamProviders.platformDefault()
            .nameServerAddressStream(probe.question().name())
            .next();
    return first.isUnresolved() ? null : first;
  }

  private void ask(InetSocketAddress server, boolean tcp) {
    drop();
    enter(tcp ? Reason.CONNECT_TIMEOUT : Reason.TIMEOUT);
    id = ThreadLocalRandom.current().nextInt(1, 0x1_0000);
    Channel opened;
    try {
      opened = tcp ? loop().sockets().tcp() : loop().sockets().udp();
    } catch (RuntimeException e) {
      fail(Failures.connect(e.getCause() == null ? e : e.getCause()), null);
      return;
    }
    channel = opened;
    connections++;
    Talk talk = new Talk(server, tcp, ++attempt);
    if (tcp) {
      opened.config().setConnectTimeoutMillis(0);
      opened.pipeline().addLast(new TcpDnsQueryEncoder(), new TcpDnsResponseDecoder());
    } else {
      opened.pipeline().addLast(new DatagramDnsQueryEncoder(), new DatagramDnsResponseDecoder());
    }
    opened.pipeline().addLast(talk);
    loop()
        .eventLoop()
        .register(opened)
        .addListener((ChannelFuture registered) -> {
          if (!talk.isCurrent()) {
            opened.unsafe().closeForcibly();
          } else if (registered.isSuccess()) {
            var _ = opened.connect(server).addListener((ChannelFuture to) -> talk.connected(to));
          } else {
            fail(Failures.connect(registered.cause()), null);
          }
        });
  }

  /// One exchange with a server.
  private final class Talk extends ChannelInboundHandlerAdapter {
    private final InetSocketAddress server;
    private final boolean tcp;
    private final int mine;

    Talk(InetSocketAddress server, boolean tcp, int mine) {
      this.server = server;
      this.tcp = tcp;
      this.mine = mine;
    }

    boolean isCurrent() {
      return !hasEnded() && attempt == mine;
    }

    void connected(ChannelFuture to) {
      if (!isCurrent()) {
        return;
      }
      if (!to.isSuccess()) {
        fail(Failures.connect(to.cause()), null);
        return;
      }
      if (tcp) {
        connectNanos = loop().nanos() - phaseStartNanos;
      }
      enter(Reason.TIMEOUT);
      DnsQuery query = tcp ? new DefaultDnsQuery(id) : new DatagramDnsQuery(null, server, id);
      query.setRecursionDesired(true).addRecord(DnsSection.QUESTION, probe.question());
      var _ =
          to.channel()
              .writeAndFlush(query)
              .addListener((ChannelFuture sent) -> {
                if (isCurrent() && !sent.isSuccess()) {
                  broke(sent.cause());
                }
              });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (isCurrent() && message instanceof DnsResponse response) {
          answered(response, tcp, server);
        }
      } catch (RuntimeException e) {
        broken(e);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (isCurrent()) {
        fail(Reason.CLOSED, null);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (isCurrent()) {
        broke(cause);
      }
    }

    private void broke(Throwable cause) {
      Reason reason = cause instanceof DecoderException ? Reason.PROTOCOL : Failures.connect(cause);
      fail(reason, null);
    }
  }

  private void answered(DnsResponse response, boolean tcp, InetSocketAddress server) {
    if (response.id() != id || !isAboutOurs(response)) {
      // Somebody else's, or forged: it may still come.
      return;
    }
    firstByteNanos = loop().nanos() - phaseStartNanos;
    if (response.isTruncated() && !tcp) {
      loop()
          .execute(() -> {
            if (!hasEnded()) {
              ask(server, true);
            }
          });
      return;
    }
    Wrong wrong = probe.expectation().wrong(response);
    if (wrong == null) {
      end(Reason.OK, "");
    } else {
      fail(wrong.reason(), wrong.text());
    }
  }

  private boolean isAboutOurs(DnsResponse response) {
    DnsQuestion ours = probe.question();
    return response.count(DnsSection.QUESTION) == 1
        && response.recordAt(DnsSection.QUESTION) instanceof DnsQuestion theirs
        && theirs.type().equals(ours.type())
        && theirs.name().equalsIgnoreCase(ours.name());
  }

  private void fail(Reason reason, @Nullable String text) {
    if (hasEnded()) {
      return;
    }
    drop();
    if (triesLeft > 0) {
      loop()
          .execute(() -> {
            if (!hasEnded()) {
              attempt();
            }
          });
    } else {
      end(reason, text == null ? Failures.text(reason) : text);
    }
  }

  private void drop() {
    attempt++;
    Channel mine = channel;
    channel = null;
    if (mine != null) {
      if (mine.isRegistered()) {
        mine.unsafe().close(mine.voidPromise());
      } else {
        mine.unsafe().closeForcibly();
      }
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void enter(Reason awaited) {
    waitingFor = awaited;
    phaseStartNanos = loop().nanos();
  }
}
