package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HttpConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MonitorTableTest {
  private static Watched monitor(String name) {
    MonitorSpec spec =
        MonitorSpec.of(name, MonitorRules.of(10, 1), HttpConfig.get("http://127.0.0.1:1/"));
    MadeAnew<String> never =
        new MadeAnew<>(
            (_, _) -> {
              throw new AssertionError("nothing runs here");
            },
            name,
            1);
    return new Watched(spec, never, null, new Watched.Receivers(List.of()));
  }

  @Test
  void aJobBelongsToTheMonitorThatHadTheHandleWhenItWasGivenOut() {
    MonitorTable table = new MonitorTable(8);
    Watched first = monitor("first");
    Watched second = monitor("second");
    table.put(3, first);
    assertThat(table.owner(Lane.CODE, 3, 1)).isSameAs(first);
    table.remove(3);
    assertThat(table.owner(Lane.CODE, 3, 200)).isNull();
    table.reuse(3, second, 5, 100, 200);
    assertThat(table.owner(Lane.PULSE, 3, 5)).isNull();
    assertThat(table.owner(Lane.PULSE, 3, 6)).isSameAs(second);
    assertThat(table.owner(Lane.INTERVENTION, 3, 100)).isNull();
    assertThat(table.owner(Lane.INTERVENTION, 3, 101)).isSameAs(second);
    assertThat(table.owner(Lane.CODE, 3, 101)).isNull();
    assertThat(table.owner(Lane.CODE, 3, 201)).isSameAs(second);
    table.put(3, monitor("second"));
    assertThat(table.owner(Lane.CODE, 3, 200)).as("after a change").isNull();
    assertThat(table.owner(Lane.CODE, 3, 201)).isNotNull();
  }

  /// Kills numbers that are shared by handles, and growth that loses some.
  @Test
  void eachHandleHasItsOwn() {
    MonitorTable table = new MonitorTable(1_000);
    for (int handle = 0; handle < 1_000; handle++) {
      table.put(handle, monitor("former" + handle));
      table.reuse(handle, monitor("m" + handle), 0, 0, 10 + handle);
    }
    for (int handle = 0; handle < 1_000; handle++) {
      assertThat(table.owner(Lane.CODE, handle, 10 + handle)).isNull();
      assertThat(table.owner(Lane.CODE, handle, 11 + handle)).isNotNull();
      assertThat(table.owner(Lane.PULSE, handle, 1)).isNotNull();
    }
    assertThat(table.count()).isEqualTo(1_000);
  }

  /// Kills a comparison that does not know that numbers go round: after two thousand million
  /// deliveries nobody would be told of anything any more.
  @Test
  void numbersGoRound() {
    MonitorTable table = new MonitorTable(1);
    table.put(0, monitor("former"));
    table.reuse(0, monitor("m"), 1, 7, Integer.MAX_VALUE);
    assertThat(table.owner(Lane.CODE, 0, Integer.MAX_VALUE)).isNull();
    assertThat(table.owner(Lane.CODE, 0, Integer.MIN_VALUE)).isNotNull();
    assertThat(table.owner(Lane.INTERVENTION, 0, -1_000_000_000)).isNotNull();
    assertThat(table.owner(Lane.INTERVENTION, 0, -5)).as("just behind").isNull();
  }
}
