package dev.cpra.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files as they come: packed, as JSON, cut off, hostile.
final class FormsTest {
  private static final String YAML =
      """
      monitors:
        - name: ä
          pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: 1}}
      """;
  private static final String JSON =
      """
      {
      \t"monitors": [{"name": "\\u00e4",
      \t\t"pulse_check": {"type":"tcp","interval":"1s","timeout":"1s","config":{"host":"h","port":1}}}]
      }
      """;

  @TempDir Path folder;

  private LoadResult load(String name, byte[] bytes) throws IOException {
    return Manifests.load(Files.write(folder.resolve(name), bytes), LoadOptions.defaults());
  }

  private List<String> problems(String name, String text) throws IOException {
    return TestFiles.places(load(name, text.getBytes(UTF_8)).problems());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void everyFormGivesTheSameMonitors() throws IOException {
    List<MonitorSpec> plain = load("a.yaml", YAML.getBytes(UTF_8)).monitors();

    assertThat(plain).hasSize(1);
    assertThat(plain.get(0).name()).isEqualTo("ä");
    assertThat(load("a.yml.gz", gzip(YAML)).monitors()).isEqualTo(plain);
    assertThat(load("a.json", JSON.getBytes(UTF_8)).monitors()).isEqualTo(plain);
    assertThat(load("a.json.gz", gzip(JSON)).monitors()).isEqualTo(plain);
    assertThat(load("bom.yaml", ("\uFEFF" + YAML).getBytes(UTF_8)).monitors()).isEqualTo(plain);
    assertThat(load("crlf.yaml", YAML.replace("\n", "\r\n").getBytes(UTF_8)).monitors())
        .isEqualTo(plain);
    assertThat(
            load(
                    "comment.yaml",
                    ("# yaml-language-server: $schema=manifest.schema.json\n" + YAML)
                        .getBytes(UTF_8))
                .monitors())
        .isEqualTo(plain);
  }

  @Test
  void placesInJsonCountTabsAsOneColumn() throws IOException {
    assertThat(problems("a.json", JSON.replace("\"port\":1", "\"port\":0")))
        .singleElement()
        .asString()
        .startsWith("3:91: monitor `ä`: `pulse_check.config.port`: expected an integer");
  }

  @Test
  void whatIsNoManifestIsNamed() throws IOException {
    assertThat(problems("empty.yaml", "")).singleElement().asString().contains("is empty");
    assertThat(problems("comment.yaml", "# only\n"))
        .singleElement()
        .asString()
        .contains("is empty");
    assertThat(problems("list.yaml", "- a\n")).singleElement().asString().contains("found a list");
    assertThat(problems("text.yaml", "a\n")).singleElement().asString().contains("found a scalar");
    assertThat(problems("two.yaml", "monitors: []\n---\nmonitors: []\n"))
        .containsExactly(
            "2:1: a second document; expected one in a file; remove the `---` or split the file");
    assertThat(problems("none.yaml", "labels: {}\n"))
        .containsExactly("1:1: missing key `monitors`; expected a list of monitors");
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    byte[] packed = gzip(YAML);
    LoadOptions options = LoadOptions.defaults();

    assertThat(TestFiles.places(Manifests.load(folder.resolve("no.yaml"), options).problems()))
        .containsExactly("1:1: no such file; check the path");
    assertThat(TestFiles.places(Manifests.load(folder, options).problems()))
        .containsExactly(
            "1:1: this directory holds no manifest; expected files whose names end in .yaml, .yml"
                + " or .json");
    assertThat(
            TestFiles.places(
                load("cut.yaml.gz", Arrays.copyOf(packed, packed.length - 12)).problems()))
        .containsExactly("1:1: ends too soon; the compressed file is cut off; write it again");
    assertThat(TestFiles.places(load("plain.yaml.gz", YAML.getBytes(UTF_8)).problems()))
        .containsExactly("1:1: is not in gzip format; compress it again or drop the `.gz`");
    assertThat(TestFiles.places(load("latin.yaml", YAML.getBytes(ISO_8859_1)).problems()))
        .containsExactly("2:11: not UTF-8; expected UTF-8 text; save the file as UTF-8");
    assertThat(problems("control.yaml", "monitors:\n  - name: a\u0001b\n"))
        .singleElement()
        .asString()
        .startsWith("2:12: a control character");
  }

  @Test
  void syntaxErrorsHaveTheirPlaceAndWhatStandsBeforeIsCheckedToo() throws IOException {
    assertThat(problems("a.yaml", "monitors:\n  - {name: 5}\n  - {name: a\n"))
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("2:12: ") && problem.contains("put it in quotes"))
        .last()
        .asString()
        .contains("syntax: ")
        .endsWith("what follows was not checked");
    assertThat(problems("tab.yaml", "monitors:\n\t- name: a\n"))
        .singleElement()
        .asString()
        .startsWith("2:1: syntax: ")
        .endsWith("indent with spaces");
  }

  @Test
  void deepNestingIsRefusedWhereItPassesTheBound() throws IOException {
    String deep = "[".repeat(900) + "]".repeat(900);
    assertThat(
            problems(
                "deep.yaml", "monitors:\n  - {name: a, enabled: " + deep + "}\n  - {name: 7}\n"))
        .anyMatch(problem -> problem.contains("nested too deeply; expected at most 32 levels"))
        .anyMatch(problem -> problem.startsWith("3:12: "));

    String bottomless = "[".repeat(1_000_000);
    assertThat(problems("deep.yaml", "monitors:\n  - {name: a, enabled: " + bottomless))
        .anyMatch(problem -> problem.startsWith("2:") && problem.contains("more than 1000 levels"));
  }

  @Test
  void anAliasBombIsRefusedAtTheBound() throws IOException {
    StringBuilder bomb = new StringBuilder("labels:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      String one = "*a" + (i - 1);
      bomb.append("  a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [")
          .append((one + ", ").repeat(9))
          .append(one)
          .append("]\n");
    }
    assertThat(problems("bomb.yaml", bomb + "monitors: []\n"))
        .anyMatch(problem -> problem.contains("too much in one value"));
  }

  @Test
  void aHugeLineIsReadAndAHugeValueRefused() throws IOException {
    StringBuilder line = new StringBuilder("{monitors: [");
    for (int i = 0; i < 20_000; i++) {
      line.append("{name: m")
          .append(i)
          .append(", pulse_check: {type: tcp, interval: 1s,")
          .append(" timeout: 1s, config: {host: h, port: 1}}},");
    }
    assertThat(load("line.yaml", line.append("]}").toString().getBytes(UTF_8)).monitors())
        .hasSize(20_000);
    assertThat(problems("value.yaml", YAML.replace("ä", "a".repeat(1 << 19))))
        .singleElement()
        .asString()
        .contains("expected a name of 1 to 256 characters, found")
        .hasSizeLessThan(400);
  }

  @Test
  void aValueLongerThanMemoryIsRefusedWithItsPlace() throws IOException {
    String bomb = "monitors:\n  - {name: \"" + "a".repeat(20 << 20) + "\"}\n";
    assertThat(TestFiles.places(load("bomb.yaml.gz", gzip(bomb)).problems()))
        .singleElement()
        .asString()
        .startsWith("2:")
        .contains("more than 1048576 characters without a value that ends");
  }

  @Test
  void namesOfAnyLengthAreCutInMessages() throws IOException {
    String name = "n".repeat(100_000);
    assertThat(problems("alias.yaml", "monitors: *" + name + "\n"))
        .allMatch(problem -> problem.length() < 400);
    assertThat(problems("tag.yaml", "monitors: !<" + name + "> []\n"))
        .allMatch(problem -> problem.length() < 400);
    assertThat(problems("handle.yaml", "monitors: !" + name + "!x []\n"))
        .allMatch(problem -> problem.length() < 400);
  }

  /// Comparing each key with each would take minutes.
  @Test
  @Timeout(20)
  void mergingManyKeysTakesNoSquareOfTheirNumber() throws IOException {
    StringBuilder many = new StringBuilder("name: l\nengines: &m\n");
    for (int i = 0; i < 90_000; i++) {
      many.append("  k").append(i).append(": 1\n");
    }
    many.append("targets: {<<: *m}\n");
    Path file = TestFiles.write(folder, "merge.yaml", many.toString());
    assertThat(Documents.validate(file).ok()).isFalse();
  }

  @Test
  void tagsAreRefused() throws IOException {
    assertThat(problems("tag.yaml", YAML.replace("port: 1", "port: !!int 1")))
        .singleElement()
        .asString()
        .contains("tags have no meaning here");
  }
}
