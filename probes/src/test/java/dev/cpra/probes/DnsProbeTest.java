package dev.cpra.probes;

import static dev.cpra.probes.DnsServer.data;
import static dev.cpra.probes.DnsServer.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.DnsConfig;
import dev.cpra.probes.DnsServer.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DnsProbeTest {
  private static final int A = 1;
  private static final int CNAME = 5;
  private static ProbeLoops loops;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static DnsConfig.Expect contains(String... records) {
    return new DnsConfig.Expect("NOERROR", List.of(records), List.of(), null, 1);
  }

  private static Probe probe(
      @Nullable String host,
      int port,
      String record,
      DnsConfig.Expect expect,
      int retries,
      Duration timeout) {
    return ProbeKinds.standard()
        .pulse(
            new DnsConfig("www.Example.org", record, host, port, false, expect, retries),
            timeout.toNanos());
  }

  private static CheckResult ask(DnsServer.Script script, String record, DnsConfig.Expect expect) {
    try (DnsServer server = DnsServer.start(script)) {
      return Checks.run(loops, probe("127.0.0.1", server.port(), record, expect, 0, Checks.AMPLE));
    }
  }

  private static CheckResult askShortly(DnsServer server) {
    return Checks.run(
        loops, probe("127.0.0.1", server.port(), "A", DnsConfig.Expect.DEFAULT, 0, Checks.SHORT));
  }

  private static DnsServer.Script address(int last) {
    return (query, _, _) -> Answer.to(query).add(A, data(192, 0, 2, last)).bytes();
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void upIsOkAndDownIsRefusedOnEveryTransport(TransportKind kind) {
    try (ProbeLoops own =
        ProbeLoops.open(ProbeOptions.DEFAULT.withTransport(kind), System::nanoTime)) {
      DnsServer server = DnsServer.start(address(7));
      Probe probe = probe("127.0.0.1", server.port(), "A", contains("192.0.2.7"), 0, Checks.AMPLE);
      CheckResult up = Checks.run(own, probe);
      assertThat(up.reason()).isEqualTo(Reason.OK);
      assertThat(up.firstByteNanos()).isPositive();
      server.close();
      assertThat(Checks.run(own, probe).reason()).isEqualTo(Reason.REFUSED);
    }
  }

  static Stream<Arguments> records() {
    // A name that points back to the one asked about.
    byte[] pointer = data(4, "mail", 0xC0, 16);
    return Stream.of(
        Arguments.of("A", 1, data(192, 0, 2, 1), "192.0.2.1"),
        Arguments.of(
            "AAAA", 28, data(0x20, 1, 0xd, 0xb8, new byte[11], 9), "2001:0DB8:0:0:0:0:0:9"),
        Arguments.of("CNAME", 5, name("Web.Example.net"), "web.example.net."),
        Arguments.of("MX", 15, data(0, 10, pointer), "10 mail.example.org"),
        Arguments.of("TXT", 16, data(3, "v=s", 4, "pf1 "), "v=spf1 "),
        Arguments.of("NS", 2, pointer, "mail.example.org"),
        Arguments.of(
            "SRV", 33, data(0, 1, 0, 2, 1, 0xBB, name("s.example.org")), "1 2 443 S.example.org"),
        Arguments.of(
            "SOA",
            6,
            data(name("ns.example.org"), name("root.example.org"), 0, 0, 1, 0, new byte[16]),
            "ns.example.org root.example.org 256"),
        Arguments.of("PTR", 12, name("host.example.org"), "host.example.org"),
        Arguments.of("CAA", 257, data(0, 5, "issue", "ca.example"), "0 issue \"ca.example\""));
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordsOfEveryTypeAreRead(String record, int type, byte[] data, String text) {
    DnsServer.Script script =
        (query, _, _) -> {
          byte[] answer = Answer.to(query).add(type & 0xFF, data).bytes();
          int typeAt = answer.length - data.length - 10;
          answer[typeAt] = (byte) (type >> 8);
          return answer;
        };
    CheckResult found = ask(script, record, contains(text));
    assertThat(found.reason()).as(found.text()).isEqualTo(Reason.OK);
    CheckResult other = ask(script, record, contains("10 other.example"));
    assertThat(other.reason()).isEqualTo(Reason.CONTENT);
    assertThat(other.text()).contains("10 other.example").doesNotContain("mail");
  }

  @Test
  void theAnswerIsJudgedAsAsked() {
    DnsServer.Script two =
        (query, _, _) ->
            Answer.to(query)
                .add(CNAME, name("alias.example.org"))
                .add(A, data(192, 0, 2, 2))
                .add(A, data(192, 0, 2, 1))
                .bytes();
    assertThat(ask(two, "A", exactly("192.0.2.1", "192.0.2.2")).reason()).isEqualTo(Reason.OK);
    assertThat(ask(two, "A", exactly("192.0.2.1")).reason()).isEqualTo(Reason.CONTENT);
    assertThat(ask(two, "A", regex("[.]2$")).ok()).isTrue();
    assertThat(ask(two, "A", regex("[.]3$")).reason()).isEqualTo(Reason.CONTENT);
    assertThat(ask(two, "A", atLeast(2)).ok()).isTrue();
    CheckResult few = ask(two, "A", atLeast(3));
    assertThat(few.text()).isEqualTo("2 record(s), expected at least 3");
  }

  private static DnsConfig.Expect exactly(String... records) {
    return new DnsConfig.Expect("NOERROR", List.of(), List.of(records), null, 1);
  }

  private static DnsConfig.Expect regex(String regex) {
    return new DnsConfig.Expect("NOERROR", List.of(), List.of(), regex, 1);
  }

  private static DnsConfig.Expect atLeast(int records) {
    return new DnsConfig.Expect("NOERROR", List.of(), List.of(), null, records);
  }

  @Test
  void theResponseCodeIsJudged() {
    DnsServer.Script none = (query, _, _) -> Answer.to(query).code(3).bytes();
    CheckResult result = ask(none, "A", DnsConfig.Expect.DEFAULT);
    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.text()).isEqualTo("response code NXDOMAIN");
    assertThat(ask(none, "A", new DnsConfig.Expect("NXDOMAIN", List.of(), List.of(), null, 0)).ok())
        .isTrue();
    DnsServer.Script empty = (query, _, _) -> Answer.to(query).bytes();
    assertThat(ask(empty, "A", DnsConfig.Expect.DEFAULT).reason()).isEqualTo(Reason.CONTENT);
  }

  @Test
  void anAnswerThatIsCutShortIsAskedForOverTcp() {
    DnsServer.Script script =
        (query, tcp, _) ->
            tcp
                ? Answer.to(query).add(A, data(192, 0, 2, 1)).bytes()
                : Answer.to(query).truncated().bytes();
    try (DnsServer server = DnsServer.start(script)) {
      CheckResult result =
          Checks.run(
              loops,
              probe("127.0.0.1", server.port(), "A", contains("192.0.2.1"), 0, Checks.AMPLE));
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.connectNanos()).isPositive();
      assertThat(server.tcpQueries).hasValue(1);
    }
  }

  @Test
  void tcpAloneIsAskedWhereWanted() {
    DnsServer server = DnsServer.start(address(1));
    Probe probe =
        ProbeKinds.standard()
            .pulse(
                new DnsConfig(
                    "x.org", "A", "127.0.0.1", server.port(), true, DnsConfig.Expect.DEFAULT, 0),
                Checks.AMPLE.toNanos());
    assertThat(Checks.run(loops, probe).reason()).isEqualTo(Reason.OK);
    assertThat(server.udpQueries).hasValue(0);
    server.close();
    assertThat(Checks.run(loops, probe).reason()).isEqualTo(Reason.REFUSED);
    try (DnsServer closes = DnsServer.start((_, _, _) -> null)) {
      DnsConfig config =
          new DnsConfig(
              "x.org", "A", "127.0.0.1", closes.port(), true, DnsConfig.Expect.DEFAULT, 0);
      assertThat(
              Checks.run(loops, ProbeKinds.standard().pulse(config, Checks.AMPLE.toNanos()))
                  .reason())
          .isIn(Reason.CLOSED, Reason.RESET);
    }
  }

  @Test
  void silenceEndsWithTheTimeoutAndALostQueryIsAskedAgain() {
    try (DnsServer silent = DnsServer.start((_, _, _) -> null)) {
      assertThat(
              Checks.run(
                      loops,
                      probe(
                          "127.0.0.1",
                          silent.port(),
                          "A",
                          DnsConfig.Expect.DEFAULT,
                          2,
                          Duration.ofMillis(900)))
                  .reason())
          .isEqualTo(Reason.TIMEOUT);
      assertThat(silent.udpQueries).hasValue(3);
    }
    DnsServer.Script lossy =
        (query, _, index) ->
            index == 0 ? null : Answer.to(query).add(A, data(192, 0, 2, 1)).bytes();
    try (DnsServer server = DnsServer.start(lossy)) {
      assertThat(
              Checks.run(
                      loops,
                      probe(
                          "127.0.0.1",
                          server.port(),
                          "A",
                          DnsConfig.Expect.DEFAULT,
                          9,
                          Duration.ofSeconds(10)))
                  .reason())
          .isEqualTo(Reason.OK);
    }
  }

  @Test
  void answersToOtherQuestionsAreIgnored() {
    DnsServer.Script otherId =
        (query, _, _) -> {
          byte[] answer = Answer.to(query).add(A, data(192, 0, 2, 1)).bytes();
          answer[1] ^= 1;
          return answer;
        };
    DnsServer.Script otherName =
        (query, _, _) -> {
          byte[] answer = Answer.to(query).add(A, data(192, 0, 2, 1)).bytes();
          answer[13] ^= 1;
          return answer;
        };
    for (DnsServer.Script script : List.of(otherId, otherName)) {
      try (DnsServer server = DnsServer.start(script)) {
        assertThat(askShortly(server).reason()).isEqualTo(Reason.TIMEOUT);
      }
    }
  }

  @Test
  void garbageIsNotDns() {
    DnsServer.Script garbage =
        (_, _, _) -> "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (DnsServer server = DnsServer.start(garbage)) {
      assertThat(askShortly(server).reason()).isIn(Reason.PROTOCOL, Reason.TIMEOUT);
    }
    DnsServer.Script short4 = (query, _, _) -> Answer.to(query).add(A, data(1, 2, 3)).bytes();
    assertThat(ask(short4, "A", DnsConfig.Expect.DEFAULT).reason()).isEqualTo(Reason.PROTOCOL);
    // A name that points to itself.
    DnsServer.Script loop =
        (query, _, _) -> {
          byte[] answer = Answer.to(query).add(CNAME, data(0xC0, 0)).bytes();
          answer[answer.length - 1] = (byte) (answer.length - 2);
          return answer;
        };
    assertThat(ask(loop, "CNAME", DnsConfig.Expect.DEFAULT).ok()).isFalse();
  }

  @Test
  void aServerIsFoundByNameOrTakenFromTheMachine() {
    DnsServer.Script script = (query, _, _) -> Answer.to(query).add(A, data(127, 0, 0, 1)).bytes();
    try (DnsServer server = DnsServer.start(script)) {
      ProbeOptions options =
          ProbeOptions.DEFAULT.withNameServers(
              List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
      try (ProbeLoops own = ProbeLoops.open(options, System::nanoTime)) {
        Probe named =
            probe("ns.example.org", server.port(), "A", contains("127.0.0.1"), 0, Checks.AMPLE);
        CheckResult result = Checks.run(own, named);
        assertThat(result.reason()).isEqualTo(Reason.OK);
        assertThat(result.dnsNanos()).isPositive();
        Probe machine = probe(null, 53, "A", contains("127.0.0.1"), 0, Checks.AMPLE);
        assertThat(Checks.run(own, machine).reason()).isEqualTo(Reason.OK);
      }
    }
  }

  @Test
  void aServerIsReachedOverIpv6() {
    try (DnsServer server = DnsServer.start("::1", address(1))) {
      assertThat(
              Checks.run(
                      loops,
                      probe("::1", server.port(), "A", contains("192.0.2.1"), 0, Checks.AMPLE))
                  .reason())
          .isEqualTo(Reason.OK);
    }
  }
}
