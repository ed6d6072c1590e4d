package dev.cpra.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LogfmtTest {

  private static String line(String key, String value) {
    String line = new String(new Logfmt().add(key, value).bytes(), StandardCharsets.UTF_8);
    assertThat(line).endsWith("\n");
    return line.substring(0, line.length() - 1);
  }

  @Test
  void plainValuesAreBare() {
    assertThat(line("a", "web-1/x:80")).isEqualTo("a=web-1/x:80");
    assertThat(new String(new Logfmt().add("a", 1).add("b", -2).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("a=1 b=-2\n");
  }

  @Test
  void valuesThatWouldEndEarlyAreQuoted() {
    assertThat(line("a", "")).isEqualTo("a=\"\"");
    assertThat(line("a", "b c=d")).isEqualTo("a=\"b c=d\"");
    assertThat(line("a", "say \"no\"\\")).isEqualTo("a=\"say \\\"no\\\"\\\\\"");
  }

  @Test
  void nothingBreaksOutOfTheLine() {
    assertThat(line("a", "x\nlevel=error\r\tmsg")).isEqualTo("a=\"x\\nlevel=error\\r\\tmsg\"");
    assertThat(line("a", "\u001b[31m\u0085\u2028\u202etxt"))
        .isEqualTo("a=\"\\u001b[31m\\u0085\\u2028\\u202etxt\"");
    assertThat(line("a", "\ud800")).isEqualTo("a=\"\\ud800\"");
  }

  @Test
  void keysAreCleaned() {
    assertThat(line("a b=\n", "1")).isEqualTo("a_b__=1");
    assertThat(line("", "1")).isEqualTo("_=1");
  }

  @Test
  void otherScriptsStayReadable() {
    assertThat(line("name", "größe-東京")).isEqualTo("name=\"größe-東京\"");
  }

  @Test
  void aLongValueIsCutBetweenCharacters() {
    String longest = "x".repeat(Logfmt.VALUE_MAX);
    assertThat(line("a", longest)).isEqualTo("a=" + longest);
    assertThat(line("a", longest + "y")).isEqualTo("a=\"" + longest + "…\"");
    String astride = "x".repeat(Logfmt.VALUE_MAX - 1) + "😀";
    assertThat(line("a", astride)).isEqualTo("a=\"" + "x".repeat(Logfmt.VALUE_MAX - 1) + "…\"");
  }

  @Test
  void aLongLineLeavesPairsOut() {
    Logfmt line = new Logfmt();
    for (int i = 0; i < 20; i++) {
      line.add("k" + i, "v".repeat(1_000));
    }
    String text = new String(line.bytes(), StandardCharsets.UTF_8);
    assertThat(text).hasSizeLessThanOrEqualTo(Logfmt.LINE_MAX + 16).endsWith(" cut=true\n");
    assertThat(text).contains("k7=").doesNotContain("k8=");
  }
}
