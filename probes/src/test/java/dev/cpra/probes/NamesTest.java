package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.HttpConfig;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NamesTest {
  /// A name server on loopback: `up.test` is 127.0.0.1, `silent.test` is not answered, no other
  /// name exists.
  static final class NameServer implements AutoCloseable {
    private final DatagramSocket socket;
    final AtomicInteger asked = new AtomicInteger();

    NameServer() throws SocketException {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread.ofPlatform().daemon().start(this::serve);
    }

    InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() {
      socket.close();
    }

    private void serve() {
      byte[] bytes = new byte[1_500];
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        try {
          socket.receive(packet);
          byte[] answer = answer(Arrays.copyOf(bytes, packet.getLength()));
          if (answer.length > 0) {
            socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
          }
        } catch (IOException _) {
          return;
        }
      }
    }

    private byte[] answer(byte[] query) {
      StringBuilder name = new StringBuilder();
      int at = 12;
      while (query[at] != 0) {
        name.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII)).append('.');
        at += query[at] + 1;
      }
      int type = query[at + 2];
      int end = at + 5;
      String asked = name.toString().toLowerCase(Locale.ROOT);
      this.asked.incrementAndGet();
      if (asked.equals("silent.test.")) {
        return new byte[0];
      }
      boolean known = asked.equals("up.test.");
      boolean address = known && type == 1;
      ByteBuffer out = ByteBuffer.allocate(end + 16);
      out.put(query, 0, 2).putShort((short) (known ? 0x8180 : 0x8183));
      out.putShort((short) 1).putShort((short) (address ? 1 : 0)).putInt(0);
      out.put(query, 12, end - 12);
      if (address) {
        out.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1).putInt(300);
        out.putShort((short) 4).put(new byte[] {127, 0, 0, 1});
      }
      return Arrays.copyOf(out.array(), out.position());
    }
  }

  private static ProbeLoops open(NameServer names) {
    return ProbeLoops.open(
        ProbeOptions.DEFAULT.withNameServers(List.of(names.address())), System::nanoTime);
  }

  @Test
  void aNameIsLookedUpOnceWithinItsTtl() throws Exception {
    try (NameServer names = new NameServer();
        ScriptedServer server =
            ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "")));
        ProbeLoops loops = open(names)) {
      HttpConfig config = HttpConfig.get("http://up.test:" + server.port() + "/");
      CheckResult first = Checks.http(loops, config);
      assertThat(first.reason()).isEqualTo(Reason.OK);
      assertThat(first.dnsNanos()).isPositive();
      assertThat(server.requests.getFirst()).contains("host: up.test:" + server.port());
      int asked = names.asked.get();
      assertThat(asked).isPositive();
      assertThat(Checks.http(loops, config).ok()).isTrue();
      assertThat(names.asked).hasValue(asked);
    }
  }

  @Test
  void aNameThatDoesNotResolveFails() throws Exception {
    try (NameServer names = new NameServer();
        ProbeLoops loops = open(names)) {
      CheckResult result = Checks.http(loops, HttpConfig.get("http://nowhere.test/?s3cret"));
      assertThat(result.reason()).isEqualTo(Reason.DNS);
      assertThat(result.connections()).isZero();
      assertThat(result.text()).isEqualTo("the name does not resolve");
    }
  }

  @Test
  void aSilentNameServerEndsWithTheTimeout() throws Exception {
    try (NameServer names = new NameServer();
        ProbeLoops loops = open(names)) {
      CheckResult result = Checks.http(loops, HttpConfig.get("http://silent.test/"), Checks.SHORT);
      assertThat(result.reason()).isEqualTo(Reason.DNS_TIMEOUT);
    }
  }

  @Test
  void literalsNeverMeetTheNameServer() throws Exception {
    try (NameServer names = new NameServer();
        ScriptedServer server =
            ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "")));
        ProbeLoops loops = open(names)) {
      assertThat(Checks.http(loops, HttpConfig.get(server.url("/"))).ok()).isTrue();
      assertThat(names.asked).hasValue(0);
    }
  }

  @Test
  void theCacheIsBoundedAndHonoursTheTtl() throws Exception {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    BoundedDnsCache cache = new BoundedDnsCache(2, now::get);
    ProbeLoops loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
    try (loops) {
      var loop = loops.loops().getFirst().eventLoop();
      InetAddress address = InetAddress.ofLiteral("127.0.0.1");
      cache.cache("A.test.", null, address, 10, loop);
      cache.cache("a.test", null, address, 10, loop);
      assertThat(cache.get("a.TEST", null)).hasSize(1);
      now.addAndGet(9_999_999_999L);
      assertThat(cache.get("a.test", null)).hasSize(1);
      now.incrementAndGet();
      assertThat(cache.get("a.test", null)).isNull();

      cache.cache("zero.test", null, address, 0, loop);
      assertThat(cache.size()).isZero();
      cache.cache("failed.test", null, new IOException("x"), loop);
      assertThat(cache.size()).isZero();
      for (String name : new String[] {"one", "two", "three"}) {
        cache.cache(name, null, address, 10, loop);
      }
      assertThat(cache.size()).isEqualTo(2);
      assertThat(cache.get("one", null)).isNull();
      for (int i = 1; i < 100; i++) {
        cache.cache("two", null, InetAddress.ofLiteral("127.0.0." + i), 10, loop);
      }
      assertThat(cache.get("two", null)).hasSize(16);
    }
  }

  private static final int A = 1;

  private static int typeAsked(byte[] query) {
    int at = 12;
    while (query[at] != 0) {
      at += query[at] + 1;
    }
    return query[at + 2];
  }

  private static byte[] loopback(byte[] query) {
    return DnsServer.Answer.to(query).add(A, (byte) 127, (byte) 0, (byte) 0, (byte) 1).bytes();
  }

  /// Kills one query per server: a packet that is lost would fail the check.
  @Test
  void aLostQueryIsAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    DnsServer.Script dropsTheFirst =
        (query, _, _) -> {
          if (typeAsked(query) != A) {
            return DnsServer.Answer.to(query).bytes();
          }
          return asked.getAndIncrement() == 0 ? null : loopback(query);
        };
    try (DnsServer names = DnsServer.start(dropsTheFirst);
        ScriptedServer server =
            ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "")));
        ProbeLoops loops =
            ProbeLoops.open(
                ProbeOptions.DEFAULT.withNameServers(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), names.port()))),
                System::nanoTime)) {
      CheckResult result =
          Checks.http(loops, HttpConfig.get("http://up.test:" + server.port() + "/"));
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(asked).hasValue(2);
    }
  }

  /// Kills a lookup that waits for the other kind of address, though nobody needs it.
  @Test
  void anAnswerOfTheOtherKindThatIsLostHoldsNobodyUp() {
    Transport transport =
        Transport.open(TransportKind.NIO, 1, new DefaultThreadFactory("cpra-names", true));
    try (DnsServer names =
        DnsServer.start((query, _, _) -> typeAsked(query) == A ? loopback(query) : null)) {
      ProbeOptions options =
          ProbeOptions.DEFAULT.withNameServers(
              List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), names.port())));
      var loop = transport.group().next();
      // Nobody would live to see that no answer came.
      try (Names lookup = new Names(loop, transport, options, TimeUnit.HOURS.toMillis(1))) {
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        loop.execute(() ->
            lookup
                .resolve("up.test")
                .addListener((Future<InetAddress> done) -> {
                  if (done.isSuccess()) {
                    found.complete(done.getNow());
                  } else {
                    found.completeExceptionally(done.cause());
                  }
                }));
        assertThat(found.orTimeout(20, TimeUnit.SECONDS).join())
            .isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
      }
    } finally {
      var _ = transport.group().shutdownGracefully(0, 10, TimeUnit.SECONDS);
    }
  }
}
