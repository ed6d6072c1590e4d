package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecProbeTest {
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

  private static CheckResult run(ExecConfig config, Duration timeout) {
    return Checks.run(loops, new ExecProbe(config, timeout.toNanos()));
  }

  private static ExecConfig shell(String line, boolean showOutput) {
    return new ExecConfig(List.of(line), true, Map.of(), null, List.of(0), showOutput, 0);
  }

  private static CheckResult shell(String line) {
    return run(shell(line, false), Checks.AMPLE);
  }

  @ParameterizedTest
  @CsvSource({"0,OK", "1,WARNING", "2,CRITICAL", "3,UNKNOWN", "4,UNKNOWN", "127,UNKNOWN"})
  void theExitCodeTells(int code, Reason reason) {
    CheckResult result = shell("echo secret; exit " + code);
    assertThat(result.reason()).isEqualTo(reason);
    assertThat(result.status()).isEqualTo(code);
    assertThat(result.text()).doesNotContain("secret");
  }

  @Test
  void otherExitCodesCountAsOkWhereAsked() {
    ExecConfig config =
        new ExecConfig(List.of("exit 1"), true, Map.of(), null, List.of(0, 1), false, 0);
    assertThat(run(config, Checks.AMPLE).ok()).isTrue();
    assertThat(shell("kill -9 $$").reason()).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void noShellReadsTheArguments() throws Exception {
    Path made = folder.resolve("made");
    ExecConfig config = ExecConfig.of("/bin/echo", "; touch " + made, "$(touch " + made + ")");
    assertThat(run(config, Checks.AMPLE).ok()).isTrue();
    assertThat(made).doesNotExist();
    assertThat(shell("touch " + made).ok()).isTrue();
    assertThat(made).exists();
  }

  @Test
  void theFirstLineOfTheOutputIsShownWhereAsked() {
    CheckResult result =
        run(shell("printf 'DISK\\tCRITICAL é | x=1\\nmore\\n'; exit 2", true), Checks.AMPLE);
    assertThat(result.text()).isEqualTo("critical: exit code 2: DISK CRITICAL é | x=1");
    CheckResult longer =
        run(shell("head -c 100000 /dev/zero | tr '\\0' x; exit 1", true), Checks.AMPLE);
    assertThat(longer.text()).startsWith("warning: exit code 1: xxx").hasSizeLessThan(250);
    assertThat(run(shell("exit 2", true), Checks.AMPLE).text()).isEqualTo("critical: exit code 2");
  }

  @Test
  void onlyWhatTheMonitorSaysIsInTheEnvironment() throws Exception {
    Path file = folder.resolve("env");
    ExecConfig config =
        new ExecConfig(
            List.of("/usr/bin/env > " + file + "; pwd >> " + file + "; cat >> " + file),
            true,
            Map.of("TOKEN", new Secret("t0ken")),
            folder.toString(),
            List.of(0),
            false,
            0);
    assertThat(run(config, Checks.AMPLE).reason()).isEqualTo(Reason.OK);
    assertThat(Files.readAllLines(file))
        .contains("TOKEN=t0ken", folder.toString())
        .allMatch(line ->
            line.startsWith("/")
                || line.matches("(TOKEN|PATH|HOME|LANG|TZ|CPRA_EXEC_ID|PWD|OLDPWD|_|SHLVL)=.*"));
  }

  @Test
  void aProgramThatIsMissingOrMayNotRunIsSaidSoWithoutItsArguments() {
    CheckResult missing = run(ExecConfig.of("/no/such/program", "hunter2"), Checks.AMPLE);
    assertThat(missing.reason()).isEqualTo(Reason.START);
    assertThat(missing.text()).isEqualTo("the program cannot be started: no such file");
    CheckResult forbidden = run(ExecConfig.of("/etc/passwd", "hunter2"), Checks.AMPLE);
    assertThat(forbidden.text()).isEqualTo("the program cannot be started: permission denied");
  }

  @Test
  void endlessOutputIsReadAndThrownAway() {
    CheckResult result = run(shell("head -c 20000000 /dev/zero; exit 1", true), Checks.AMPLE);
    assertThat(result.reason()).isEqualTo(Reason.WARNING);
    assertThat(result.text()).hasSizeLessThan(250);
  }

  private long pid(Path file) {
    Await.until(
        "the child wrote its number",
        () -> {
          try {
            return Files.exists(file) && Files.readString(file).endsWith("\n");
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        });
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean lives(long pid) {
    // A zombie that nobody waits for is dead for our purpose.
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (java.io.IOException _) {
      return false;
    }
  }

  @Test
  void whenTimeIsUpTheProgramIsKilledWithAllItsChildren() {
    Path child = folder.resolve("child");
    Path orphan = folder.resolve("orphan");
    // The second one loses its parent, and closes what it shares with it.
    String line =
        ("sleep 1000 & echo $! > " + child)
            + ("; (setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $! > " + orphan)
            + "); sleep 1000";
    CheckResult result = run(shell(line, false), Duration.ofSeconds(3));
    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    long first = pid(child);
    long second = pid(orphan);
    Await.until("the child is gone", () -> !lives(first));
    Await.until("the orphan is gone", () -> !lives(second));
  }

  @Test
  void aChildThatHoldsTheOutputDoesNotHoldTheCheck() {
    Path child = folder.resolve("child");
    CheckResult result = shell("sleep 1000 & echo $! > " + child + "; exit 2");
    assertThat(result.reason()).isEqualTo(Reason.CRITICAL);
    long left = pid(child);
    Await.until("the child is gone", () -> !lives(left));
  }

  @Test
  void triesFollowAtOnceUntilOneIsOk() {
    Path count = folder.resolve("count");
    ExecConfig config =
        new ExecConfig(
            List.of("echo x >> " + count + "; [ $(wc -l < " + count + ") -ge 3 ]"),
            true,
            Map.of(),
            null,
            List.of(0),
            false,
            5);
    assertThat(run(config, Checks.AMPLE).reason()).isEqualTo(Reason.OK);
    assertThat(count).hasContent("x\nx\nx\n");
  }
}
