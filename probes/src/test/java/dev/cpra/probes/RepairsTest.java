package dev.cpra.probes;

import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.kind.DockerTarget;
import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.SystemdConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Docker by a listener on a Unix socket, systemd by a program that writes down how it is called.
final class RepairsTest {
  private static final JobContext CONTEXT = handle -> "web " + handle;
  private static ProbeLoops loops;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static CheckResult repair(InterventionConfig config) {
    Probe probe = ProbeKinds.standard().intervention(config, Checks.AMPLE.toNanos(), CONTEXT);
    return Checks.run(loops, probe, 4, 2);
  }

  private String docker(String operation, String answer, Reason expected) {
    try (UnixServer engine = UnixServer.start(folder.resolve("d.sock"), answer)) {
      DockerTarget target = new DockerTarget("web-1", operation, engine.path(), 2_500_000_000L, 0);
      CheckResult result = repair(target);
      assertThat(result.reason()).as("%s", result).isEqualTo(expected);
      assertThat(engine.requests).hasSize(1);
      return engine.requests.getFirst().lines().findFirst().orElse("");
    }
  }

  @Test
  void aContainerIsRestartedWithItsTimeToStop() {
    assertThat(docker("restart", response(204, ""), Reason.OK))
        .isEqualTo("POST /containers/web-1/restart?t=3 HTTP/1.1");
  }

  @Test
  void aContainerThatRunsAlreadyIsStarted() {
    assertThat(docker("start", "HTTP/1.1 304 Not Modified\r\n\r\n", Reason.OK))
        .isEqualTo("POST /containers/web-1/start HTTP/1.1");
  }

  @Test
  void noSuchContainerAndNoEngineAreFailures() {
    docker("restart", response(404, "{\"message\":\"No such container\"}"), Reason.STATUS);
    docker("restart", response(500, "{\"message\":\"broken\"}"), Reason.STATUS);
    String nowhere = folder.resolve("none").toString();
    assertThat(repair(new DockerTarget("c", "restart", nowhere, 1, 0)).reason())
        .isEqualTo(Reason.REFUSED);
  }

  private Path program(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("program.sh"), body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  /// A shell reads the script, so that no file is executed that was open for writing.
  private ExecConfig script(String body) throws IOException {
    return ExecConfig.of("/bin/sh", program(body).toString());
  }

  @Test
  void systemdIsAskedWithoutAShellAndWithoutATerminal() throws IOException {
    Path said = folder.resolve("said");
    Path fake = program("#!/bin/sh\nfor each; do echo \"$each\"; done > " + said + "\n");
    CheckResult result =
        repair(new SystemdConfig("web@$(id).service", "restart", fake.toString(), true, 0));
    assertThat(result.reason()).as("%s", result).isEqualTo(Reason.OK);
    assertThat(Files.readAllLines(said))
        .containsExactly("--user", "--no-ask-password", "restart", "--", "web@$(id).service");
  }

  /// What the build sets, so that there is something to pass on.
  private static String own(String variable) {
    String value = System.getenv(variable);
    assertThat(value).as("%s, which this module's build sets", variable).isNotEmpty();
    return variable + "=" + value;
  }

  /// Kills a systemctl that does not find the manager it is to ask.
  @Test
  void onlyWhatAsksAUsersManagerIsToldWhereItIs() throws IOException {
    Path said = folder.resolve("said");
    Path fake = program("#!/bin/sh\n/usr/bin/env > " + said + "\n");
    String[] where = {own("XDG_RUNTIME_DIR"), own("DBUS_SESSION_BUS_ADDRESS")};
    assertThat(repair(new SystemdConfig("u", "restart", fake.toString(), true, 0)).ok()).isTrue();
    assertThat(Files.readAllLines(said)).contains(where);
    assertThat(repair(new SystemdConfig("u", "restart", fake.toString(), false, 0)).ok()).isTrue();
    assertThat(Files.readAllLines(said)).isNotEmpty().doesNotContain(where);
  }

  @Test
  void aUnitThatDoesNotStartAndAMissingProgramAreFailures() {
    CheckResult failed = repair(new SystemdConfig("u", "restart", "/bin/false", false, 0));
    assertThat(failed.ok()).isFalse();
    assertThat(failed.status()).isEqualTo(1);
    CheckResult missing =
        repair(new SystemdConfig("u", "restart", folder.resolve("no").toString(), false, 0));
    assertThat(missing.reason()).isEqualTo(Reason.START);
  }

  @Test
  void aProgramIsToldMonitorAndAttempt() throws IOException {
    Path said = folder.resolve("said");
    CheckResult result = repair(script("echo \"$CPRA_MONITOR/$CPRA_ATTEMPT\" > " + said + "\n"));
    assertThat(result.ok()).isTrue();
    assertThat(Files.readAllLines(said)).containsExactly("web 4/2");
  }
}
