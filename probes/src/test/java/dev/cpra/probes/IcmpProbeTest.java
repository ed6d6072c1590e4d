package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pings real targets. Echo sockets need a setting of the system, so this happens in a process with
/// a network namespace of its own ([IcmpWorld]); skipped where none may be made.
final class IcmpProbeTest {
  private static final String RANGE = "/proc/sys/net/ipv4/ping_group_range";
  private static final String UP = "ip link set lo up && exec \"$0\" \"$@\"";
  private static final Map<String, String> SAID = new LinkedHashMap<>();

  @BeforeAll
  static void run(@TempDir Path folder) throws Exception {
    List<String> namespace = namespace();
    assumeTrue(
        !namespace.isEmpty(), "no network namespace may be made here (unshare, iproute2): skipped");
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(namespace);
    String path = System.getProperty("surefire.test.class.path");
    command.addAll(
        List.of(
            "sh",
            "-c",
            UP,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-cp",
            path == null ? System.getProperty("java.class.path") : path,
            IcmpWorld.class.getName()));
    Process process = start(command, output.toFile());
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    text.lines()
        .filter(line -> line.contains(": "))
        .forEach(line -> {
          int colon = line.indexOf(": ");
          SAID.put(line.substring(0, colon), line.substring(colon + 2));
        });
    assertThat(SAID).as(text).containsEntry("end", "reached");
  }

  private static Process start(List<String> command, File output) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
  }

  /// What makes a network namespace here; empty if nothing does.
  private static List<String> namespace() throws Exception {
    for (List<String> way :
        List.of(List.of("unshare", "-n"), List.of("unshare", "--map-root-user", "-n"))) {
      List<String> command = new ArrayList<>(way);
      command.addAll(List.of("sh", "-c", UP, "sh", "-c", "echo 0 0 > " + RANGE));
      try {
        if (start(command, new File("/dev/null")).waitFor() == 0) {
          return way;
        }
      } catch (IOException _) {
        return List.of();
      }
    }
    return List.of();
  }

  @Test
  void whereTheSystemForbidsItTheRemedyIsSaid() {
    assertThat(SAID.get("forbidden at start"))
        .contains("net.ipv4.ping_group_range")
        .contains("sysctl -w");
    assertThat(SAID.get("forbidden at check"))
        .startsWith("PERMISSION this process may not send echo requests");
  }

  @Test
  void whoAnswersIsUpAndWhoDoesNotIsDown() {
    assertThat(SAID)
        .containsEntry("up 4", "OK true 24")
        .containsEntry("up 6", "OK")
        .containsEntry("deaf 4", "TIMEOUT")
        .containsEntry("deaf 6", "TIMEOUT")
        .containsEntry("no route 4", "UNREACHABLE")
        .containsEntry("no route 6", "UNREACHABLE");
    assertThat(SAID.get("no name")).isIn("DNS", "DNS_TIMEOUT");
  }

  @Test
  void everyTrySendsItsRequestsAndOneAnswerIsEnough() {
    assertThat(SAID)
        .containsEntry("requests of two tries", "TIMEOUT " + 6 * EchoSocket.REQUEST_BYTES)
        .containsEntry("a later request is answered", "OK");
  }

  @Test
  void aPingThatIsReusedDoesNotFreezeAtItsFirstResult() { // M22
    String honest = List.of("OK", "TIMEOUT", "OK", "TIMEOUT", "OK").toString();
    assertThat(SAID.get("one probe")).isEqualTo(honest);
    assertThat(SAID.get("one frozen run")).as("the mutant is told apart").isNotEqualTo(honest);
  }

  @Test
  void manyAtOnceDoNotMixTheirAnswers() {
    assertThat(SAID).containsEntry("crowd", "true").containsEntry("left behind", "0");
  }
}
