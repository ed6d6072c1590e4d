package dev.cpra.probes;

import static dev.cpra.probes.Checks.get;
import static dev.cpra.probes.Checks.http;
import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.Auth;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.kind.TlsConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
  private static X509Bundle authority;
  private static ProbeLoops loops;

  @BeforeAll
  static void open() throws Exception {
    authority = TestAuthority.make();
    loops =
        ProbeLoops.open(
            ProbeOptions.DEFAULT.withTrusted(List.of(authority.getCertificate())),
            System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static SSLContext context(X509Bundle bundle) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext good() throws Exception {
    return context(
        new CertificateBuilder()
            .subject("CN=localhost")
            .notAfter(Instant.now().plus(Duration.ofDays(20)))
            .addSanIpAddress(InetAddress.ofLiteral("127.0.0.1").getHostAddress())
            .addSanDnsName("localhost")
            .buildIssuedBy(authority));
  }

  private static SSLContext selfSigned() throws Exception {
    return context(
        new CertificateBuilder()
            .subject("CN=localhost")
            .notAfter(Instant.now().plus(Duration.ofDays(20)))
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned());
  }

  private static String url(ScriptedServer server) {
    return "https://127.0.0.1:" + server.port() + "/";
  }

  @Test
  void aTrustedCertificateIsOkAndTheHandshakeIsTimed() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.tls(good(), ScriptedServer.answer(response(200, "x")))) {
      CheckResult result = http(loops, get(url(server)).contains("x").build());
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.tlsNanos()).isPositive();
      // On the wire: the handshake too.
      assertThat(result.bytesRead()).isGreaterThan(500);
      assertThat(result.bytesWritten()).isGreaterThan(200);
    }
  }

  @Test
  void aSelfSignedCertificateFailsUnlessNotVerified() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.tls(selfSigned(), ScriptedServer.answer(response(200, "x")))) {
      assertThat(http(loops, HttpConfig.get(url(server))).reason())
          .isEqualTo(Reason.TLS_CERTIFICATE);
      assertThat(http(loops, get(url(server)).trustAnyone().build()).ok()).isTrue();
    }
  }

  @Test
  void aCertificateForAnotherNameFails() throws Exception {
    SSLContext other =
        context(
            new CertificateBuilder()
                .subject("CN=example.org")
                .addSanDnsName("example.org")
                .buildIssuedBy(authority));
    try (ScriptedServer server =
        ScriptedServer.tls(other, ScriptedServer.answer(response(200, "x")))) {
      assertThat(http(loops, HttpConfig.get(url(server))).reason())
          .isEqualTo(Reason.TLS_CERTIFICATE);
    }
  }

  @Test
  void aHandshakeThatHangsEndsWithTheTlsTimeout() {
    try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Connection::hang)) {
      assertThat(http(loops, HttpConfig.get(url(server)), Checks.SHORT).reason())
          .isEqualTo(Reason.TLS_TIMEOUT);
      Await.until("the connection is closed", () -> server.openConnections() == 0);
    }
  }

  @Test
  void aServerWithoutTlsFailsTheHandshake() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> connection.send(response(400, "what?")))) {
      assertThat(http(loops, HttpConfig.get(url(server))).reason()).isEqualTo(Reason.TLS);
    }
    try (ScriptedServer server = ScriptedServer.start(connection -> connection.in().read())) {
      assertThat(http(loops, HttpConfig.get(url(server))).reason()).isIn(Reason.TLS, Reason.RESET);
    }
  }

  @Test
  void noSessionIsResumedByALaterCheck() throws Exception {
    List<Long> created = new CopyOnWriteArrayList<>();
    List<String> sessions = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.tls(
            good(),
            connection -> {
              connection.request();
              var session = ((SSLSocket) connection.socket()).getSession();
              created.add(session.getCreationTime());
              sessions.add(java.util.HexFormat.of().formatHex(session.getId()));
              connection.send(response(200, ""));
            })) {
      for (int i = 0; i < 4; i++) {
        assertThat(http(loops, HttpConfig.get(url(server))).ok()).isTrue();
      }
      // A resumed session keeps the time it was first created at; four handshakes take longer
      // than the clock's millisecond together.
      assertThat(sessions).doesNotHaveDuplicates();
      assertThat(created.getLast()).isGreaterThan(created.getFirst());
    }
  }

  @Test
  void aKeptTlsConnectionIsUsedAgain() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.tls(good(), ScriptedServer.answerAll(response(200, "x")))) {
      HttpConfig config = get(url(server)).keepAlive().build();
      assertThat(http(loops, config).connections()).isEqualTo(1);
      CheckResult again = http(loops, config);
      assertThat(again.reason()).isEqualTo(Reason.OK);
      assertThat(again.connections()).isZero();
      assertThat(again.tlsNanos()).isZero();
    }
  }

  @Test
  void aRedirectNeverShowsCredentialsWithoutTls() throws Exception {
    try (ScriptedServer plain = ScriptedServer.start(ScriptedServer.answer(response(200, "")));
        ScriptedServer server =
            ScriptedServer.tls(
                good(), ScriptedServer.answer(response(302, "", "Location: " + plain.url("/"))))) {
      Auth auth = new Auth.Basic("me", new Secret("pass"));
      CheckResult result = http(loops, get(url(server)).auth(auth).followRedirects().build());
      assertThat(result.reason()).isEqualTo(Reason.REDIRECT);
      assertThat(plain.requests).isEmpty();
      assertThat(http(loops, get(url(server)).followRedirects().build()).ok()).isTrue();
    }
  }

  private static SSLContext expiresIn(Duration left) throws Exception {
    return context(
        new CertificateBuilder()
            .subject("CN=localhost")
            .notBefore(Instant.now().minus(Duration.ofDays(1)))
            .notAfter(Instant.now().plus(left))
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority));
  }

  private static HttpConfig days(ScriptedServer server, int days) {
    HttpConfig.Expect any = HttpConfig.Expect.DEFAULT;
    return get(url(server))
        .keepAlive()
        .expect(new HttpConfig.Expect(any.statuses(), null, null, List.of(), List.of(), 0, days))
        .build();
  }

  @Test
  void aCertificateThatExpiresSoonFails() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.tls(
            expiresIn(Duration.ofDays(10).plusHours(1)),
            ScriptedServer.answerAll(response(200, "")))) {
      CheckResult fine = http(loops, days(server, 10));
      assertThat(fine.reason()).isEqualTo(Reason.OK);
      assertThat(fine.certificateExpiresSeconds())
          .isBetween(
              Instant.now().plus(Duration.ofDays(10)).getEpochSecond(),
              Instant.now().plus(Duration.ofDays(11)).getEpochSecond());
      // On the connection that the first one left: it is judged all the same.
      CheckResult soon = http(loops, days(server, 11));
      assertThat(soon.connections()).isZero();
      assertThat(soon.reason()).isEqualTo(Reason.CERTIFICATE_EXPIRES);
      assertThat(soon.text()).isEqualTo("a certificate expires in 10 day(s), expected at least 11");
    }
  }

  @Test
  void anExpiredCertificateFailsAlsoWhereItNeedNotBeTrusted() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.tls(
            expiresIn(Duration.ofHours(-1)), ScriptedServer.answerAll(response(200, "")))) {
      assertThat(http(loops, days(server, 0)).reason()).isEqualTo(Reason.TLS_CERTIFICATE);
      CheckResult untrusted = tls(new TlsConfig("127.0.0.1", server.port(), false, 1, 0));
      assertThat(untrusted.reason()).isEqualTo(Reason.CERTIFICATE_EXPIRES);
      assertThat(untrusted.text()).isEqualTo("a certificate has expired");
      assertThat(tls(new TlsConfig("127.0.0.1", server.port(), false, 0, 0)).ok()).isTrue();
    }
  }

  private static CheckResult tls(TlsConfig config) {
    return Checks.run(loops, TcpProbe.tls(config, Checks.AMPLE.toNanos()));
  }

  @Test
  void theHandshakeAloneIsAlsoACheck() throws Exception {
    ScriptedServer server = ScriptedServer.tls(good(), ScriptedServer.Connection::hang);
    CheckResult up = tls(new TlsConfig("127.0.0.1", server.port(), true, 1, 0));
    assertThat(up.reason()).isEqualTo(Reason.OK);
    assertThat(up.tlsNanos()).isPositive();
    server.close();
    assertThat(tls(new TlsConfig("127.0.0.1", server.port(), true, 1, 0)).reason())
        .isEqualTo(Reason.REFUSED);
    try (ScriptedServer plain = ScriptedServer.start(c -> c.send("220 mail\r\n"))) {
      assertThat(tls(new TlsConfig("127.0.0.1", plain.port(), true, 1, 0)).reason())
          .isEqualTo(Reason.TLS);
    }
    try (ScriptedServer other = ScriptedServer.tls(selfSigned(), ScriptedServer.Connection::hang)) {
      assertThat(tls(new TlsConfig("127.0.0.1", other.port(), true, 1, 0)).reason())
          .isEqualTo(Reason.TLS_CERTIFICATE);
    }
  }

  @Test
  void tcpIsSpokenWithinTls() throws Exception {
    ScriptedServer.Script greeting =
        connection -> {
          if (connection.in().read() == 'E') {
            connection.send("250 ").send("ok\r\n");
          }
        };
    try (ScriptedServer server = ScriptedServer.tls(good(), greeting);
        ScriptedServer other = ScriptedServer.tls(selfSigned(), greeting)) {
      TcpConfig config =
          new TcpConfig("127.0.0.1", server.port(), "EHLO x\r\n", "250 ok", true, true, 1, 0);
      CheckResult up = Checks.run(loops, new TcpProbe(config, Checks.AMPLE.toNanos()));
      assertThat(up.reason()).isEqualTo(Reason.OK);
      assertThat(up.certificateExpiresSeconds()).isPositive();
      TcpConfig untrusted =
          new TcpConfig("127.0.0.1", other.port(), "EHLO x\r\n", "250 ok", true, true, 0, 0);
      assertThat(Checks.run(loops, new TcpProbe(untrusted, Checks.AMPLE.toNanos())).reason())
          .isEqualTo(Reason.TLS_CERTIFICATE);
      TcpConfig anyone =
          new TcpConfig("127.0.0.1", other.port(), "EHLO x\r\n", "250 ok", true, false, 0, 0);
      assertThat(Checks.run(loops, new TcpProbe(anyone, Checks.AMPLE.toNanos())).ok()).isTrue();
    }
  }

  /// Kills a first byte noted on the socket: the server's farewell would be taken for an answer.
  @Test
  void aKeptTlsConnectionThatIsClosedOnUseIsReplacedWithoutAFailure() throws Exception {
    // The second request on a connection is read, and answered by a farewell.
    try (ScriptedServer server =
        ScriptedServer.tls(
            good(),
            connection -> {
              connection.request();
              connection.send(response(200, ""));
              connection.request();
            })) {
      HttpConfig config = get(url(server)).keepAlive().build();
      assertThat(http(loops, config).ok()).isTrue();
      CheckResult again = http(loops, config);
      assertThat(again.reason()).isEqualTo(Reason.OK);
      assertThat(again.connections()).isEqualTo(1);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  /// Kills a session ticket that is taken for the begin of an answer.
  @Test
  void whatTlsItselfSaysIsNotTheFirstByte() throws Exception {
    ScriptedServer.Script silent =
        connection -> {
          connection.request();
          connection.hang();
        };
    try (ScriptedServer server = ScriptedServer.tls(good(), silent)) {
      CheckResult none = http(loops, HttpConfig.get(url(server)), Duration.ofSeconds(2));
      assertThat(none.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(none.tlsNanos()).isPositive();
      assertThat(none.firstByteNanos()).isZero();
    }
    try (ScriptedServer server =
        ScriptedServer.tls(good(), ScriptedServer.answer(response(200, "x")))) {
      assertThat(http(loops, HttpConfig.get(url(server))).firstByteNanos()).isPositive();
    }
  }

  /// Kills names that are left to the JDK: it tells only those with a dot, not at their end.
  @ParameterizedTest
  @CsvSource({
    "web.test,web.test",
    "db,db",
    "web.test.,web.test",
    "127.0.0.1,",
  })
  void theServerIsToldTheNameItIsMeantBy(String host, @Nullable String told) throws Exception {
    List<String> names = new CopyOnWriteArrayList<>();
    try (DnsServer dns = loopbackForAll();
        ProbeLoops own = open(dns);
        ScriptedServer server =
            ScriptedServer.tls(
                good(),
                connection -> {
                  connection.request();
                  var session = (ExtendedSSLSession) ((SSLSocket) connection.socket()).getSession();
                  for (var name : session.getRequestedServerNames()) {
                    names.add(new SNIHostName(name.getEncoded()).getAsciiName());
                  }
                  connection.send(response(200, ""));
                })) {
      String url = "https://" + host + ":" + server.port() + "/";
      assertThat(http(own, get(url).trustAnyone().build()).reason()).isEqualTo(Reason.OK);
      assertThat(names).isEqualTo(told == null ? List.of() : List.of(told));
    }
  }

  /// The JDK's servers refuse such a name, so this one only listens.
  @Test
  void aNameWithAnUnderscoreIsToldToo() {
    CompletableFuture<String> hello = new CompletableFuture<>();
    try (DnsServer dns = loopbackForAll();
        ProbeLoops own = open(dns);
        ScriptedServer server =
            ScriptedServer.start(connection -> {
              byte[] head = connection.in().readNBytes(5);
              int length = ByteBuffer.wrap(head, 3, 2).getShort();
              byte[] body = connection.in().readNBytes(length);
              hello.complete(new String(body, StandardCharsets.ISO_8859_1));
            })) {
      String url = "https://db_1.test:" + server.port() + "/";
      assertThat(http(own, get(url).trustAnyone().build()).ok()).isFalse();
      assertThat(hello.orTimeout(10, TimeUnit.SECONDS).join()).contains("db_1.test");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"db", "a.web.test", "a.web.test."})
  void namesWithoutADotAreVerifiedAndSoAreThoseThatEndWithOne(String host) throws Exception {
    SSLContext context =
        context(
            new CertificateBuilder()
                .subject("CN=db")
                .addSanDnsName("db")
                .addSanDnsName("a.web.test")
                .buildIssuedBy(authority));
    try (DnsServer dns = loopbackForAll();
        ProbeLoops own = open(dns);
        ScriptedServer server =
            ScriptedServer.tls(context, ScriptedServer.answer(response(200, "")))) {
      String url = "https://" + host + ":" + server.port() + "/";
      assertThat(http(own, HttpConfig.get(url)).reason()).isEqualTo(Reason.OK);
      String other = "https://other.test:" + server.port() + "/";
      assertThat(http(own, HttpConfig.get(other)).reason()).isEqualTo(Reason.TLS_CERTIFICATE);
    }
  }

  private static DnsServer loopbackForAll() {
    return DnsServer.start((query, _, _) -> {
      int at = 12;
      while (query[at] != 0) {
        at += query[at] + 1;
      }
      DnsServer.Answer answer = DnsServer.Answer.to(query);
      return query[at + 2] == 1
          ? answer.add(1, (byte) 127, (byte) 0, (byte) 0, (byte) 1).bytes()
          : answer.bytes();
    });
  }

  private static ProbeLoops open(DnsServer names) {
    return ProbeLoops.open(
        ProbeOptions.DEFAULT
            .withTrusted(List.of(authority.getCertificate()))
            .withNameServers(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), names.port()))),
        System::nanoTime);
  }
}
