package dev.cpra.manifest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read plainly is what the parser makes of it, to the place of each word.
final class PlainItemsTest {
  private static final int WEIGHT_MAX = 20_000;
  private static final String KEY = "monitors:";

  @TempDir Path folder;

  private record Read(List<Node> nodes, List<Problem> problems) {}

  private Read read(String text, boolean plainly) throws IOException {
    Path file = Files.writeString(folder.resolve("m.yaml"), text);
    Problems problems = new Problems("m.yaml", 1_000);
    List<Node> nodes = new ArrayList<>();
    Document.visit(
        file,
        problems,
        WEIGHT_MAX,
        plainly,
        document -> {
          Node.@Nullable Scalar key;
          while ((key = document.nextKey()) != null) {
            nodes.add(key);
            if (key.text().equals("monitors") && document.enterList()) {
              Node item;
              while ((item = document.nextItem()) != null) {
                nodes.add(item);
              }
            } else {
              nodes.add(document.value());
            }
          }
        });
    return new Read(nodes, problems.sorted());
  }

  private Read compare(String head, String list) throws IOException {
    String text = head + KEY + "\n" + list;
    Read plain = read(text, true);
    Read thorough = read(text, false);
    assertThat(plain.problems()).as(text).isEqualTo(thorough.problems());
    if (text.contains("\u0007")) {
      // The parser looks at a kilobyte at once and refuses what stands before such a character too.
      assertThat(plain.nodes().subList(0, thorough.nodes().size()))
          .as(text)
          .isEqualTo(thorough.nodes());
    } else {
      assertThat(plain.nodes()).as(text).isEqualTo(thorough.nodes());
    }
    return plain;
  }

  /// How many items of a list are read plainly.
  private static int plainly(String list) {
    LineBuffer text = new LineBuffer(new StringReader(KEY + "\n" + list));
    Objects.requireNonNull(text.upToLine(KEY));
    PlainItems items = new PlainItems(text);
    int count = 0;
    while (items.next() != null) {
      count++;
    }
    return count;
  }

  private static final String ITEM =
      """
        - name: web-1   # the first
          # a comment, and an empty line

          pulse_check:
            type: http
            interval: 1m30s
            groups: [a, 'b c', "d, e"]
            config: {url: "https://example.com:8443/x?y=z#f", expect: {status: [200, 2xx]}, headers: {}}
          labels: {team: größe, a.b/c: -5, e: 1.5e3, t: true, n: ~}
          notify_groups:
          - on call, at night
          - other
          codes:
              red:
                notify: exec
                config:
                  command:
                    - /bin/sh
                    - -c
                    - 'echo "x" # y'
                    - {k: v}
                    - k: v
                      w: http://h:1/a b
      """;

  @Test
  void whatIsWrittenPlainlyIsReadPlainlyAndTheSame() throws IOException {
    String list = ITEM + ITEM.replace("web-1", "web-2") + ITEM.indent(0).replace("web-1", "web-3");
    assertThat(plainly(list)).isEqualTo(3);
    assertThat(compare("defaults: {interval: 1s}\n", list).nodes()).hasSize(6);
    String flush = list.indent(-2);
    assertThat(plainly(flush)).isEqualTo(3);
    compare("", flush);
    compare("", list.stripTrailing());
  }

  /// The rest of the file is the parser's, and its places are those of the file.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "silences: []\n",
        "silences:\n  - {a: b}\nmonitors: []\n",
        "  - name: \"with \\\" an escape\"\n",
        "  - name: |\n      a\n      b\n  - name: c\n",
        "  - name: a\n      b\n",
        "  - name: \"a\n      b\"\n",
        "  - name:\n",
        "  - name:\n    - a\n    b: c\n",
        "  - name: a\n    name: b\n",
        "  - {name: a, name: b}\n",
        "  - {name: a\n     , b: c}\n",
        "  - &x {name: a, b: *x}\n",
        "  - name: !t a\n",
        "  - <<: {a: b}\n    name: c\n",
        "  - name: a\n   b: c\n",
        "  - name: a\n  b: c\n",
        "  - name: a: b\n",
        "  - name: {a: b\n",
        "  - name: [a, b\n",
        "  - name: {a: b} c\n",
        "  - name: [a, {b: c}]]\n",
        "  - name: {a}\n",
        "  - name: {a: b,}\n",
        "  - name: {a:b}\n",
        "  - name: {\"a\":b}\n",
        "  - name: [a: b]\n",
        "  - name: 'it''s'\n",
        "  - 'name' : a\n",
        "  - name : a\n",
        "  - name:a\n",
        "  - - a\n    - b\n",
        "  -\n    name: a\n",
        "  - name: a#b #c\n  # end",
        "  - name:\ta\n",
        "\t- name: a\n",
        "  - name: a\r\n    b: c\r\n",
        "  - name: @a\n",
        "  - name: `a`\n",
        "  - name: %a\n",
        "  - name: *a\n",
        "  - name: ?a\n  - ? a\n    : b\n",
        "  - name: -\n",
        "  - name: - a\n",
        "  - name: --- a\n",
        "---\nmonitors: []\n",
        "...\n",
        "  - name: a\u0085b\n",
        "  - name: a\u2028b\n",
        "  - name: \uD83D\uDE00 b\n    c: [\n",
        "  - name: a\u0007\n",
        "  - name: [a, ?b, c?]\n",
        "  - name: {a: b:c, d: e:, f: :g}\n",
        "  - name: ''\n    b: \"\"\n",
        "    - name: a\n",
        " - name: a\n",
        "- name: a\n",
        "nonsense\n",
        "  nonsense: a\n",
        "  # nothing\n",
        ""
      })
  void whatIsNotPlainIsTheParsers(String rest) throws IOException {
    compare("labels: {a: b}\n", rest);
    compare("labels: {a: b}\n", ITEM + rest);
    compare("", ITEM + ITEM.replace("web-1", "web-2") + rest + ITEM);
  }

  /// A line that only looks like the key is none.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels: \"a\n", "labels: {a: b,\n", "monitors: []\n", "\"monitors\": []\n", "- a\n",
            "---\n",
        "a: b\n---\n", "a: [\n", "x: &x {a: b}\n", "a: 'b\n", "a:\n  b\n", "%YAML 1.1\n---\n"
      })
  void theKeyIsFoundWhereTheParserFindsIt(String head) throws IOException {
    compare(head, ITEM);
    compare(head, "  - name: a'\"]}\n");
    compare(head, "  a: b\n");
  }

  /// Any damage: one character of a sound list is exchanged, left out or put in.
  @Test
  void whateverIsDamagedIsReadAsTheParserReadsIt() throws IOException {
    Random random = new Random(11);
    String sound =
        ITEM + "  - {name: b, pulse_check: {type: tcp, config: {host: h}}}\nsilences: []\n";
    String signs = " \n:-#'\"{}[],&*!|>?%@~\\\tab\u00e4";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(sound);
      for (int damage = random.nextInt(2); damage >= 0; damage--) {
        int at = random.nextInt(text.length());
        char sign = signs.charAt(random.nextInt(signs.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, sign);
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, sign);
        }
      }
      compare("", text.toString());
    }
  }

  /// Kills a buffer that loses its place when it is moved on.
  @Test
  void aLongListIsReadToItsEnd() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      list.append(ITEM.replace("web-1", "web-" + i));
    }
    assertThat(plainly(list.toString())).isEqualTo(3_000);
    assertThat(compare("", list.toString()).nodes()).hasSize(3_001);
    list.append("  - name: |\n      end\n").append(ITEM).append("  - name: \"\n");
    assertThat(compare("", list.toString()).problems()).hasSize(1);
  }
}
