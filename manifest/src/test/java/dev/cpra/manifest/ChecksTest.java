package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.DnsConfig;
import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.JsonMatch;
import dev.cpra.manifest.kind.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the kinds of check say about wrong manifests, and that their secrets stay secret.
final class ChecksTest {
  @TempDir Path folder;

  private LoadResult load(String type, String config) {
    String yaml =
        "monitors:\n- name: a\n  pulse_check: {type: %s, interval: 1s, timeout: 1s}\n"
            .formatted(type)
            .replace("}", ",\n    config: " + config + "}");
    return Manifests.load(TestFiles.write(folder, "m.yaml", yaml), LoadOptions.defaults());
  }

  private String only(String type, String config) {
    List<Problem> problems = load(type, config).problems();
    assertThat(problems).as(config).hasSize(1);
    return problems.getFirst().toString();
  }

  @Test
  void anExpressionThatBacktracksIsRefusedAtItsPlace() {
    assertThat(only("http", "{url: \"http://h/\", expect: {body_regex: \"(a)\\\\1\"}}"))
        .contains("m.yaml:4:")
        .contains("`pulse_check.config.expect.body_regex`")
        .contains("without look-around and back-references");
  }

  @Test
  void anExpressionIsRefusedBeforeItsRepetitionsFillTheMemory() {
    assertThat(
            only(
                "dns",
                "{name: h, expect: {regex: \"(((((((a{99}){99}){99}){99}){99}){99}){99}){99}\"}}"))
        .contains("`pulse_check.config.expect.regex`: expected a smaller regular expression");
    assertThat(load("dns", "{name: h, expect: {regex: \"^[0-9a-f]{64} ([0-9]{1,3}[.]){3}\"}}").ok())
        .isTrue();
    assertThat(
            load("dns", "{name: h, expect: {regex: \"[]{]{9}[[:alpha:]{]{9}\\\\p{L}{9}\"}}").ok())
        .isTrue();
  }

  @Test
  void aBodyWithAKeyThatIsNotFilledInIsRefusedAtItsPlace() {
    String yaml =
        """
        monitors:
        - name: a
          pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: 1}}
          intervention: {action: webhook, target: {url: "http://h/", body: "{{attempt}} {{code}}"}}
          codes: {red: {notify: webhook, config: {url: "http://h/", body: "{{code}} {{attempt}}"}}}
        """;
    Path file = TestFiles.write(folder, "m.yaml", yaml);
    assertThat(Manifests.load(file, LoadOptions.defaults()).problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("m.yaml:4:")
                    .contains("expected one of [attempt, name] between {{ and }} at character 13"),
            second -> assertThat(second).contains("m.yaml:5:").contains("at character 10"));
  }

  @Test
  void aVariableIsANumberATextOrATruthByItsValue() {
    Map<String, String> values = Map.of("N", "5", "T", "five", "B", "true", "S", "3xx");
    LoadOptions options = LoadOptions.defaults().withVariables(values::get);
    String yaml =
        """
        monitors:
        - name: a
          pulse_check: {type: http, interval: 1s, timeout: 1s, config: {url: "http://h/", expect: {
            status: "${S}", json: [{path: $.n, equals: "${N}"}, {path: $.t, equals: "${T}"},
            {path: $.b, equals: "${B}"}, {path: $.l, equals: "$${N}"}]}}}
        """;
    LoadResult result = Manifests.load(TestFiles.write(folder, "m.yaml", yaml), options);
    assertThat(result.report()).isEmpty();
    HttpConfig config = (HttpConfig) result.monitors().getFirst().pulse();
    assertThat(config.expect().accepts(302)).isTrue();
    assertThat(config.expect().json())
        .extracting(JsonMatch::equal)
        .containsExactly(5.0, "five", true, "${N}");
  }

  @Test
  void whatAMessageOrAVariableBringsIsBounded() {
    Path secret = TestFiles.write(folder, "big", "x".repeat(65_536));
    String big = "${file:" + secret + "}";
    assertThat(
            only(
                "http",
                "{url: \"http://h/\", expect: {body_contains: \"" + big.repeat(18) + "\"}}"))
        .contains("too long with its variables replaced; expected at most 1048576 characters");

    StringBuilder groups = new StringBuilder("groups:\n");
    for (int i = 100; i < 150; i++) {
      groups.append("  group-").append(i).append(": {labels: {a: b}}\n");
    }
    String yaml =
        groups
            + """
            monitors:
            - name: a
              pulse_check: {type: tcp, groups: [zzz], interval: 1s, timeout: 1s, config: {host: h, port: 1}}
            """;
    assertThat(
            Manifests.load(TestFiles.write(folder, "g.yaml", yaml), LoadOptions.defaults())
                .problems())
        .singleElement()
        .asString()
        .contains("unknown group `zzz`")
        .endsWith("`group-139` and 10 more");
    String labels = "labels: {" + "k".repeat(500) + ": [1]}\nmonitors: []\n";
    assertThat(
            Manifests.load(TestFiles.write(folder, "l.yaml", labels), LoadOptions.defaults())
                .problems())
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.toString().length()).isLessThan(400));
  }

  @Test
  void aPathOfJsonIsRefusedAtItsPlace() {
    assertThat(only("http", "{url: \"http://h/\", expect: {json: [{path: $.a}, {path: \"$[\"}]}}"))
        .contains("m.yaml:4:68: ")
        .contains("expected a JSON path such as `$.status`");
    assertThat(only("http", "{url: \"http://h/\", expect: {json: {path: \"$..a..b\"}}}"))
        .contains("at most one `..`");
  }

  @Test
  void aSecretComesFromAFileAndIsNeverShown() throws Exception {
    Path file = folder.resolve("token");
    Files.writeString(file, "0123456789-secret\n", StandardCharsets.UTF_8);
    LoadResult result = load("heartbeat", "{token: \"${file:" + file + "}\", grace: 1m}");
    assertThat(result.report()).isEmpty();
    assertThat(result.monitors().getFirst().pulse())
        .isEqualTo(new HeartbeatConfig(new Secret("0123456789-secret"), 60_000_000_000L));
    assertThat(result.monitors().toString()).doesNotContain("0123456789-secret");

    Files.writeString(file, "no secret at all!", StandardCharsets.UTF_8);
    assertThat(only("heartbeat", "{token: \"${file:" + file + "}\", grace: 1m}"))
        .contains("`pulse_check.config.token`")
        .doesNotContain("no secret at all");
  }

  @Test
  void aSecretFileThatCannotBeReadIsAnErrorOrTheDefault() throws Exception {
    Path large = folder.resolve("large");
    Files.write(large, new byte[65_537]);
    for (String name : List.of(large.toString(), folder.toString(), "/dev/zero", "relative")) {
      assertThat(only("heartbeat", "{token: \"${file:" + name + "}\", grace: 1m}"))
          .contains("cannot be read; expected the absolute path");
    }
    assertThat(load("heartbeat", "{token: \"${file:/no:-0123456789abcdef}\", grace: 1m}").ok())
        .isTrue();
  }

  @Test
  void aCommandIsAListAndItsArgumentsAreNeverShown() {
    LoadResult result =
        load("exec", "{command: [check, --password, hunter2], environment: {A: x9}}");
    assertThat(result.report()).isEmpty();
    ExecConfig config = (ExecConfig) result.monitors().getFirst().pulse();
    assertThat(config.command()).containsExactly("check", "--password", "hunter2");
    assertThat(config.okCodes()).containsExactly(0);
    assertThat(config.toString()).contains("check").doesNotContain("hunter2").doesNotContain("x9");
    assertThat(only("exec", "{command: [check, hunter2], shell: true}"))
        .contains("expected one string")
        .doesNotContain("hunter2");
  }

  @Test
  void aDnsCheckThatExpectsAFailureExpectsNoRecords() {
    LoadResult result = load("dns", "{name: h.example, expect: {code: NXDOMAIN}}");
    assertThat(((DnsConfig) result.monitors().getFirst().pulse()).expect().recordsMin()).isZero();
    LoadResult plain = load("dns", "{name: h.example}");
    assertThat(((DnsConfig) plain.monitors().getFirst().pulse()).expect().recordsMin()).isOne();
  }
}
