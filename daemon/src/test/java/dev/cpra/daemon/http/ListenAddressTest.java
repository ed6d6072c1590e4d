package dev.cpra.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {

  @Test
  void addressesAreRead() {
    assertThat(ListenAddress.parse("127.0.0.1:9750")).hasToString("127.0.0.1:9750");
    assertThat(ListenAddress.parse("localhost:1")).hasToString("127.0.0.1:1");
    assertThat(ListenAddress.parse(":0")).hasToString("127.0.0.1:0");
    assertThat(ListenAddress.parse("[::1]:65535").isLoopback()).isTrue();
    assertThat(ListenAddress.parse("0.0.0.0:80").isLoopback()).isFalse();
    assertThat(ListenAddress.parse("[::]:80").isLoopback()).isFalse();
  }

  @Test
  void theDefaultIsThisMachineOnly() {
    assertThat(ListenAddress.parse(ListenAddress.DEFAULT).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9750",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:-1",
        "127.0.0.1:65536",
        "127.0.0.1:999999999999",
        "::1:80",
        "[::1:80",
        "example.org:80",
        "300.0.0.1:80",
        "127.0.0.1:+1"
      })
  void anythingElseIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected ADDRESS:PORT such as 127.0.0.1:9750 or [::1]:9750, found " + text);
  }
}
