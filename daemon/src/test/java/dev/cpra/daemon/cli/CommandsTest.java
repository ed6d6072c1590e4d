package dev.cpra.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.reload.RunningRecord;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `check` and `plan`, as they are called.
final class CommandsTest {
  @TempDir Path folder;

  private record Ran(int code, String out, String error) {}

  private static Ran run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    return new Ran(command.execute(words), out.toString(), error.toString());
  }

  private Path manifest(String monitors) throws IOException {
    return Files.writeString(
        folder.resolve("m.yaml"), "defaults: {interval: 1s, timeout: 10s}\nmonitors:\n" + monitors);
  }

  private static String tcp(String name, int port) {
    return "  - {name: "
        + name
        + ", pulse_check: {type: tcp, config: {host: 127.0.0.1, port: "
        + port
        + "}}}\n";
  }

  private static String exec(String name, int code) {
    return "  - {name: "
        + name
        + ", pulse_check: {type: exec, config: {command: [/bin/sh, -c, exit "
        + code
        + "]}}}\n";
  }

  @Test
  void aCheckSaysInOneLineWhatAPluginWouldSay() throws IOException {
    try (ServerSocket up = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int closed;
      try (ServerSocket down = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        closed = down.getLocalPort();
      }
      Path file = manifest(tcp("up", up.getLocalPort()) + tcp("down", closed));

      Ran ok = run("check", file, "up");
      assertThat(ok.out())
          .matches(
              "CPRA OK - up: ok in [0-9.]+ ms \\| time=[0-9.]+s;;;0;10\\.000000"
                  + " connect=[0-9.]+s\\R");
      assertThat(ok.code()).isZero();
      assertThat(ok.error()).isEmpty();

      Ran critical = run("check", file, "down");
      assertThat(critical.out())
          .startsWith("CPRA CRITICAL - down: connection refused | time=")
          .hasLineCount(1);
      assertThat(critical.code()).isEqualTo(2);
    }
  }

  /// Kills a check that says on standard error what nobody asked for.
  @Test
  void aCheckSaysNothingElse() throws IOException, InterruptedException {
    Path file = manifest(exec("well", 0));
    Process check =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ManagementFactory.getRuntimeMXBean().getClassPath(),
                Main.class.getName(),
                "check",
                file.toString(),
                "well")
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).isZero();
    assertThat(said).startsWith("CPRA OK - well: ok in ").hasLineCount(1);
  }

  @Test
  void aProgramsWarningAndIgnoranceArePassedOn() throws IOException {
    Path file = manifest(exec("warns", 1) + exec("fails", 2) + exec("knows-not", 3));
    assertThat(run("check", file, "warns").code()).isEqualTo(1);
    assertThat(run("check", file, "fails").code()).isEqualTo(2);
    Ran unknown = run("check", file, "knows-not");
    assertThat(unknown.code()).isEqualTo(3);
    assertThat(unknown.out()).startsWith("CPRA UNKNOWN - knows-not: ");
  }

  @Test
  void whatCannotBeCheckedIsUnknown() throws IOException {
    Path file =
        manifest(
            "  - {name: job, pulse_check: {type: heartbeat, config: {token: nobody-guesses-this,"
                + " grace: 1m}}}\n");
    assertThat(run("check", file, "job"))
        .isEqualTo(new Ran(3, "CPRA UNKNOWN - job: only the daemon hears heartbeats\n", ""));
    Ran none = run("check", file, "no|\nne");
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.out()).startsWith("CPRA UNKNOWN - no/ ne: no such monitor in ").hasLineCount(1);
  }

  @Test
  void anInvalidManifestExitsWithItsErrors() throws IOException {
    Path file = manifest(tcp("a", 0));
    for (Ran ran : new Ran[] {run("check", file, "a"), run("plan", file)}) {
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.error()).startsWith(file + ":3:").contains("port");
      assertThat(ran.out()).isEmpty();
    }
    assertThat(run("check", file).code()).isEqualTo(2);
    assertThat(run("plan", file, "--data", folder.resolve("none")).error())
        .startsWith("cpra: --data: no such directory");
  }

  /// Kills an option that a production daemon is offered, and a script that is guessed at.
  @Test
  void aRehearsalIsAskedForByNameOnlyAndWithAScript() throws IOException {
    assertThat(run("run", "--help").out()).doesNotContain("rehears");
    Ran wrong = run("run", manifest(tcp("a", 1)), "--rehearse", "soon");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.error()).startsWith("cpra: --rehearse: expected a script such as failure=");
  }

  @Test
  void aPlanComparesWithWhatIsWrittenDown() throws IOException {
    Path file = manifest(tcp("a", 1) + tcp("b", 1));
    assertThat(run("plan", file))
        .isEqualTo(new Ran(0, "2 added, 0 changed, 0 removed, 0 unchanged\n+ a\n+ b\n", ""));
    assertThat(run("plan", file, "--data", folder).out())
        .startsWith("nothing is written down in " + folder + ": everything is new\n2 added");

    LoadResult loaded = Manifests.load(file, LoadOptions.defaults());
    RunningRecord.write(new Configuration(loaded.monitors(), loaded.policy()), folder);
    assertThat(run("plan", file, "--data", folder).out())
        .isEqualTo("0 added, 0 changed, 0 removed, 2 unchanged\n");

    manifest(tcp("b", 2) + tcp("c", 1));
    assertThat(run("plan", file, "--data", folder).out())
        .isEqualTo("1 added, 1 changed, 1 removed, 0 unchanged\n- a\n~ b: pulse_check\n+ c\n");
    JsonNode json = new JsonMapper().readTree(run("plan", file, "--data", folder, "--json").out());
    assertThat(json.toString())
        .isEqualTo(
            "{\"format\":1,\"compared\":true,\"added\":[\"c\"],\"changed\":[{\"monitor\":\"b\","
                + "\"what\":[\"pulse_check\"]}],\"removed\":[\"a\"],\"unchanged\":0,\"policy\":[]}");

    Files.writeString(folder.resolve("running.tsv"), "nonsense");
    Ran damaged = run("plan", file, "--data", folder);
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.error()).contains("running.tsv:1: is damaged; delete the file");
  }
}
