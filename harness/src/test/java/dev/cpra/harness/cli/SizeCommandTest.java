package dev.cpra.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SizeCommandTest {
  @TempDir Path folder;

  private record Ran(int code, String out, String err) {}

  private Ran size(String manifest, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("m.yaml"), manifest);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[options.length + 1];
    all[0] = file.toString();
    System.arraycopy(options, 0, all, 1, options.length);
    int code =
        new CommandLine(new SizeCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all);
    return new Ran(code, out.toString(), err.toString());
  }

  private static final String TWO =
      """
      monitors:
        - name: a
          pulse_check: {type: tcp, interval: 500ms, timeout: 1s, config: {host: h, port: 1}}
          intervention: {action: webhook, target: {url: "http://h/"}}
          codes: {red: {notify: log, config: {file: f}}, green: {notify: log, config: {file: f}}}
        - name: b
          pulse_check: {type: tcp, interval: 250ms, timeout: 1s, config: {host: h, port: 1}}
        - name: c
          enabled: false
          pulse_check: {type: tcp, interval: 1ms, timeout: 1s, config: {host: h, port: 1}}
      """;

  @Test
  void theLanesAreSizedForWhatTheManifestOffers() throws IOException {
    Ran ran =
        size(
            TWO, "--objective", "p95=200ms", "--pulse-time", "1s", "--failing", "1", "--within=1s");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("2 monitors");
    // 2 + 4 checks a second of 1 s each are 6 Erlangs; every monitor with an intervention needs
    // one.
    assertThat(ran.out()).containsPattern("pulse +6\\.000 +1[0-9] ");
    assertThat(ran.out()).containsPattern("intervention +1\\.000 ");
    assertThat(ran.out()).containsPattern("code +2\\.000 ");
  }

  @Test
  void wrongUseAndWrongManifestsAreToldApart() throws IOException {
    Ran noObjective = size(TWO, "--objective", "fast");
    assertThat(noObjective.code()).isEqualTo(2);
    assertThat(noObjective.err()).contains("--objective: expected").contains("p95=200ms");
    assertThat(size(TWO, "--objective", "p95=1s", "--failing", "2").code()).isEqualTo(2);
    assertThat(size(TWO, "--objective", "p95=1s", "--code-time", "0s").code()).isEqualTo(2);

    Ran tooMuch =
        size(
            TWO,
            "--objective",
            "p95=1s",
            "--code-time",
            "1000000h",
            "--failing",
            "1",
            "--within",
            "1s");
    assertThat(tooMuch.code()).isEqualTo(1);
    assertThat(tooMuch.err()).contains("m.yaml: load: expected 0 to 10000000 Erlangs");
    assertThat(tooMuch.out()).as("no half of a table").isEmpty();

    Ran wrong = size("monitors: 7\n", "--objective", "p95=1s");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("m.yaml:1:11");
  }
}
