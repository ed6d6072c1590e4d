package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "1m30s, 90000000000",
    "500ms, 500000000",
    "1h, 3600000000000",
    "1.5h, 5400000000000",
    "0, 0",
    "0s, 0",
    "-5s, -5000000000",
    "+5s, 5000000000",
    "1us, 1000",
    "1µs, 1000",
    ".5s, 500000000",
    "2h45m0.5s, 9900500000000",
    "1ns, 1"
  })
  void goDurationsAreRead(String text, long nanos) {
    assertThat(Durations.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "5d", "s", "1h 5m", "five", "1.2.3s", "1e3s", "--5s", "3000000h"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 999, 1_000_001, 90_000_000_000L, 3_600_000_000_000L, -5, 0})
  void whatIsFormattedParsesToTheSame(long nanos) {
    assertThat(Durations.parse(Durations.format(nanos))).isEqualTo(nanos);
  }
}
