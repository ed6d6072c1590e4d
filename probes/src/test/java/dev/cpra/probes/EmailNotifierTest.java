package dev.cpra.probes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.EmailConfig;
import dev.cpra.manifest.kind.EmailConfig.Security;
import dev.cpra.manifest.kind.Secret;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.subethamail.smtp.server.SMTPServer;

/// Mails, by what a mail server really gets.
final class EmailNotifierTest {
  private static final String PASSWORD = MailServer.PASSWORD;
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

  /// A monitor and its incident.
  private record Context(String name, String reason, String incident) implements JobContext {
    @Override
    public String monitor(int handle) {
      return name;
    }

    @Override
    public String reason(int handle, Code code) {
      return reason;
    }

    @Override
    public Instant time(int handle, Code code) {
      return Instant.parse("2026-03-04T05:06:07Z");
    }

    @Override
    public Map<String, String> labels(int handle) {
      return Map.of("env", "live");
    }

    @Override
    public int attempts(int handle) {
      return 2;
    }

    @Override
    public String dedupKey(int handle, Code code) {
      return incident;
    }
  }

  private static final Context CONTEXT =
      new Context("web-1", "connection refused", "cpra/web-1/17");

  private static SSLContext certificate(X509Bundle bundle) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
    return context;
  }

  private static CertificateBuilder localhost() throws Exception {
    return new CertificateBuilder()
        .subject("CN=localhost")
        .notAfter(Instant.now().plus(Duration.ofDays(20)))
        .addSanIpAddress("127.0.0.1");
  }

  private static EmailConfig plain(int port, @Nullable String subject, @Nullable String text) {
    return config(port, Security.NONE, null, "", subject, text, "b@example.org");
  }

  private static EmailConfig config(
      int port,
      Security security,
      @Nullable String user,
      String password,
      @Nullable String subject,
      @Nullable String text,
      String... to) {
    return new EmailConfig(
        "127.0.0.1",
        port,
        security,
        true,
        user,
        new Secret(password),
        "cpra@example.org",
        List.of(to),
        subject,
        text);
  }

  private static EmailConfig login(int port, Security security, String password) {
    return config(port, security, "ops", password, null, null, "b@example.org");
  }

  private static CheckResult send(EmailConfig config, Code code, JobContext context) {
    return send(config, code, context, Checks.AMPLE);
  }

  @SuppressWarnings("EnumOrdinal") // what stands in a job
  private static CheckResult send(
      EmailConfig config, Code code, JobContext context, Duration timeout) {
    Probe probe = ProbeKinds.standard().notifier(config, timeout.toNanos(), context);
    CheckResult result = Checks.run(loops, probe, 7, code.ordinal());
    assertThat(result.text()).doesNotContain(PASSWORD);
    return result;
  }

  @Test
  void aMailSaysWhatHappened() throws Exception {
    try (MailServer server = MailServer.plain()) {
      CheckResult result =
          send(
              config(
                  server.port(),
                  Security.NONE,
                  null,
                  "",
                  null,
                  null,
                  "b@example.org",
                  "c@example.org"),
              Code.RED,
              CONTEXT);

      assertThat(result.text()).isEmpty();
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(server.receivers).containsExactly("b@example.org", "c@example.org");
      MimeMessage mail = server.mail(0);
      assertThat(mail.getSubject()).isEqualTo("red: web-1");
      assertThat(mail.getFrom()[0]).hasToString("cpra@example.org");
      assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mail.getContent().toString())
          .contains("web-1 is red.")
          .contains("Why: connection refused")
          .contains("Repairs tried: 2")
          .contains("Labels: env=live");
    }
  }

  @Test
  void anIncidentIsOneThreadAndARepetitionTheSameMail() throws Exception {
    try (MailServer server = MailServer.plain()) {
      EmailConfig config = plain(server.port(), null, null);
      send(config, Code.RED, CONTEXT);
      send(config, Code.RED, CONTEXT);
      send(config, Code.GREEN, CONTEXT);
      send(config, Code.RED, new Context("web-1", "again", "cpra/web-1/99"));

      String[] ids = new String[4];
      String[] threads = new String[4];
      for (int i = 0; i < 4; i++) {
        ids[i] = server.mail(i).getMessageID();
        threads[i] = server.mail(i).getHeader("References", " ");
        assertThat(server.mail(i).getHeader("In-Reply-To", " ")).isEqualTo(threads[i]);
      }
      assertThat(ids[0]).matches("<cpra\\.[0-9a-f]{32}@example\\.org>").isEqualTo(ids[1]);
      assertThat(ids).contains(ids[2], ids[3]).doesNotContain(threads);
      assertThat(List.of(ids[0], ids[2], ids[3])).doesNotHaveDuplicates();
      assertThat(threads[0]).isEqualTo(threads[1]).isEqualTo(threads[2]).isNotEqualTo(threads[3]);
    }
  }

  @Test
  void namesAndReasonsBringNoHeadersAndNoEnd() throws Exception {
    String nasty = "web\r\nBcc: x@example.org\r\n\r\n.\r\nQUIT \u2028 \u00e4\u4e16";
    try (MailServer server = MailServer.plain()) {
      CheckResult result =
          send(
              plain(server.port(), "{{name}}", ".\n{{name}}\n.\n{{reason}} end"),
              Code.YELLOW,
              new Context(nasty, nasty, nasty));

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(server.mails).hasSize(1);
      assertThat(server.receivers).containsExactly("b@example.org");
      MimeMessage mail = server.mail(0);
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getSubject()).isEqualTo("web  Bcc: x@example.org    .  QUIT   \u00e4\u4e16");
      assertThat(mail.getContent().toString().strip()).startsWith(".\r\nweb").endsWith(" end");
    }
  }

  @Test
  void aLongSubjectIsCut() throws Exception {
    try (MailServer server = MailServer.plain()) {
      send(plain(server.port(), "{{name}}", null), Code.RED, new Context("x".repeat(256), "", "k"));
      assertThat(server.mail(0).getSubject()).isEqualTo("x".repeat(250));
    }
  }

  @Test
  void loginIsWithinTls() throws Exception {
    try (MailServer server = MailServer.secure(certificate(localhost().buildIssuedBy(authority)))) {
      assertThat(
              send(login(server.port(), Security.STARTTLS, PASSWORD), Code.RED, CONTEXT).reason())
          .isEqualTo(Reason.OK);
      assertThat(server.mails).hasSize(1);

      CheckResult wrong = send(login(server.port(), Security.STARTTLS, "guess"), Code.RED, CONTEXT);
      assertThat(wrong.reason()).isEqualTo(Reason.PERMISSION);
      assertThat(wrong.text()).isEqualTo("the server refuses the user or the password");
      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void tlsFromTheFirstByte() throws Exception {
    SSLContext context = certificate(localhost().buildIssuedBy(authority));
    try (MailServer server =
        new MailServer(SMTPServer.port(0).serverSocketFactory(context), "", MailServer.NOTHING)) {
      EmailConfig config =
          config(server.port(), Security.TLS, null, "", null, null, "b@example.org");
      assertThat(send(config, Code.RED, CONTEXT).text()).isEmpty();
      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedGetsNoPassword() throws Exception {
    SSLContext stranger =
        certificate(localhost().setIsCertificateAuthority(true).buildSelfSigned());
    SSLContext elsewhere =
        certificate(
            new CertificateBuilder()
                .subject("CN=elsewhere.example.org")
                .notAfter(Instant.now().plus(Duration.ofDays(20)))
                .addSanDnsName("elsewhere.example.org")
                .buildIssuedBy(authority));
    for (SSLContext context : List.of(stranger, elsewhere)) {
      try (MailServer server = MailServer.secure(context)) {
        CheckResult result =
            send(login(server.port(), Security.STARTTLS, PASSWORD), Code.RED, CONTEXT);
        assertThat(result.reason()).isIn(Reason.TLS_CERTIFICATE, Reason.TLS);
        assertThat(server.mails).isEmpty();
      }
    }
  }

  @Test
  void aServerWithoutStarttlsIsNotUsed() {
    try (MailServer server = MailServer.plain()) {
      CheckResult result =
          send(login(server.port(), Security.STARTTLS, PASSWORD), Code.RED, CONTEXT);
      assertThat(result.text()).isEqualTo("the server offers no STARTTLS");
      assertThat(server.mails).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "from, 450, the sender's address",
    "from, 553, the sender's address",
    "recipient, 450, a receiver's address",
    "recipient, 550, a receiver's address",
    "data, 452, the mail",
    "data, 554, the mail"
  })
  void anAnswerThatRefusesIsAFailure(String at, int code, String what) {
    try (MailServer server = new MailServer(SMTPServer.port(0), at, code)) {
      CheckResult result = send(plain(server.port(), null, null), Code.RED, CONTEXT);
      assertThat(result.reason()).isEqualTo(Reason.STATUS);
      assertThat(result.text()).isEqualTo("the server answered " + code + " to " + what);
    }
  }

  @Test
  void aReceiverThatIsGoneDoesNotKeepTheOthersFromKnowing() {
    try (MailServer server = MailServer.plain()) {
      EmailConfig config =
          config(
              server.port(),
              Security.NONE,
              null,
              "",
              null,
              null,
              "gone@example.org",
              "b@example.org");
      assertThat(send(config, Code.RED, CONTEXT).reason()).isEqualTo(Reason.OK);
      assertThat(server.receivers).containsExactly("b@example.org");
      assertThat(server.mails).hasSize(1);
    }
  }

  @Test
  void aServerThatSaysNothingIsLeftInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CheckResult result =
          send(plain(silent.getLocalPort(), null, null), Code.RED, CONTEXT, Checks.SHORT);
      assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void nobodyThereAndNoMailServerAreTold() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(send(plain(port, null, null), Code.RED, CONTEXT).reason()).isEqualTo(Reason.REFUSED);

    try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answers =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = web.accept()) {
                  socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      CheckResult result = send(plain(web.getLocalPort(), null, null), Code.RED, CONTEXT);
      assertThat(result.reason()).isIn(Reason.PROTOCOL, Reason.CLOSED);
      answers.join();
    }
  }
}
