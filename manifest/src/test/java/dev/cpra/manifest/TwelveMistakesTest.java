package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TwelveMistakesTest {
  @Test
  void twelveMistakesGiveTwelveErrorsEachAtItsPlace() {
    Path file = TestFiles.resource("twelve-mistakes.yaml");

    LoadResult result = Manifests.load(file, LoadOptions.defaults().withVariables(_ -> null));

    assertThat(TestFiles.places(result.problems()))
        .containsExactly(
            "7:5: monitor `unknown-key`: unknown key `pulse_chek`; did you mean `pulse_check`?",
            "9:11: monitor `good`: `name`: duplicate name; it already stands at 4:11; rename one",
            "13:5: duplicate key `enabled`; it already stands at 12:5; remove one",
            "18:12: monitor `missing-key`: `codes.red`: missing key `config`; expected a mapping",
            "20:40: monitor `no-unit`: `pulse_check.interval`: expected a duration above zero such"
                + " as 30s or 1m30s, found `30`; add a unit: `30s`",
            "22:39: monitor `not-positive`: `pulse_check.timeout`: expected a duration above zero"
                + " such as 30s or 1m30s, found `0s`",
            "24:14: monitor `wrong-type`: `enabled`: expected true or false, found `maybe`",
            "27:25: monitor `unknown-type`: `pulse_check.type`: expected one of `dns`, `docker`,"
                + " `exec`, `heartbeat`, `http`, `icmp`, `tcp`, `tls`, found `htpp`; did you mean `http`?",
            "31:7: monitor `unknown-colour`: `codes`: unknown key `purple`; remove it, known are"
                + " `cyan`, `gray`, `green`, `red`, `yellow`",
            "33:51: monitor `out-of-range`: `pulse_check.unhealthy_threshold`: expected an integer"
                + " from 1 to 1000, found `0`",
            "38:28: monitor `two-names`: `pulse_check.unhealthy_threshold`: another name of"
                + " `max_failures`, which has a different value at 37:21; keep one of them",
            "45:67: monitor `unset-variable`: `codes.red.config.routing_key`: variable"
                + " `NOBODY_SETS_THIS` is not set; set it, or give a default:"
                + " `${NOBODY_SETS_THIS:-value}`");
    assertThat(result.monitors()).isEmpty();
    assertThat(result.problems().get(0).toString()).startsWith(file + ":7:5: ");
  }

  @Test
  void problemsBeyondTheBoundAreCounted() {
    Path file = TestFiles.resource("twelve-mistakes.yaml");
    LoadOptions five = LoadOptions.defaults().withVariables(_ -> null).withMaxProblems(5);

    LoadResult result = Manifests.load(file, five);

    assertThat(result.problems()).hasSize(5);
    assertThat(result.moreProblems()).isEqualTo(7);
    assertThat(result.report()).endsWith("and 7 more\n");
  }
}
