package dev.cpra.daemon.core;

import static dev.cpra.daemon.core.LittleWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The daemon's own monitor: who is told that interventions are frozen, and how often.
final class BreakerMonitorTest {
  private static final NotifyConfig HERE = WebhookConfig.post("http://127.0.0.1:1/here");
  private static final NotifyConfig THERE = WebhookConfig.post("http://127.0.0.1:1/there");

  private static MonitorSpec spec(String name, Map<Code, NotifyConfig> codes) {
    return MonitorSpec.of(
            name,
            MonitorRules.of(SECOND, SECOND / 2).withThresholds(2, 1),
            HttpConfig.get("http://127.0.0.1:1/"))
        .withCodes(codes);
  }

  @Test
  void itIsToldWhereMostGraysAreTold() {
    List<MonitorSpec> monitors =
        List.of(
            spec("a", Map.of(Code.GRAY, HERE)),
            spec("b", Map.of(Code.GRAY, THERE, Code.GREEN, HERE)),
            spec("c", Map.of(Code.GRAY, THERE, Code.GREEN, HERE)),
            spec("d", Map.of(Code.RED, HERE)));
    MonitorSpec own = BreakerMonitor.behind(monitors).getLast();
    assertThat(BreakerMonitor.behind(monitors))
        .hasSize(5)
        .startsWith(monitors.toArray(MonitorSpec[]::new));
    assertThat(own.name()).isEqualTo("cpra-breaker");
    assertThat(BreakerMonitor.is(own)).isTrue();
    assertThat(own.codes()).isEqualTo(Map.of(Code.RED, THERE, Code.GREEN, HERE));
    assertThat(own.rules().alerts().codes()).isEqualTo(Code.mask(Code.RED, Code.GREEN));
  }

  @Test
  void withoutAnyGrayThereIsNone() {
    List<MonitorSpec> monitors = List.of(spec("d", Map.of(Code.RED, HERE)));
    assertThat(BreakerMonitor.behind(monitors)).isEqualTo(monitors);
  }

  @Test
  void itsNameIsNobodyElses() {
    List<MonitorSpec> monitors =
        List.of(
            spec("cpra-breaker", Map.of(Code.GRAY, HERE)),
            spec("cpra-breaker-2", Map.of(Code.GRAY, HERE)));
    assertThat(BreakerMonitor.behind(monitors).getLast().name()).isEqualTo("cpra-breaker-3");
  }

  /// Kills a breaker that nobody hears of, one that is told in the wrong colour or anew after a
  /// restart, and one whose thaw is not told.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void aFreezeIsToldOnceAlsoOverKillsAndItsEndToo(String engine) {
    List<MonitorSpec> monitors = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      monitors.add(spec("m" + i, Map.of(Code.GRAY, HERE, Code.GREEN, HERE)));
    }
    Safety.Limit limit = new Safety.Limit(5, SECOND);
    Policy policy =
        new Policy(
            List.of(),
            List.of(),
            new Safety(
                true,
                false,
                limit,
                limit,
                Map.of(),
                new Safety.BreakerRules(1, 4, 300 * SECOND, 0, 5 * SECOND)));
    LittleWorld world =
        new LittleWorld(
            engine,
            new Configuration(BreakerMonitor.behind(monitors), policy),
            1_800_000_000L * SECOND);
    world.until(5);
    world.down.addAll(List.of("m0", "m1", "m2"));
    world.until(10);
    assertThat(world.told).isEmpty();
    world.down.add("m3");
    world.until(20);
    assertThat(world.core().safeguard().isOpen()).isTrue();
    assertThat(world.told).containsExactly("cpra-breaker GRAY");
    world.kill(3);
    assertThat(world.core().safeguard().isOpen()).isTrue();
    world.until(40);
    assertThat(world.told).containsExactly("cpra-breaker GRAY");
    world.down.clear();
    world.until(55);
    assertThat(world.told).containsExactly("cpra-breaker GRAY", "cpra-breaker GREEN");
    int own = world.core().table().handle("cpra-breaker");
    assertThat(world.core().troubles().reason(own, Code.GREEN)).isEqualTo("interventions go on");
    int other = world.core().table().handle("m0");
    assertThat(world.core().troubles().reason(other, Code.GREEN)).isEmpty();
    world.kill(1);
    world.until(70);
    assertThat(world.told).hasSize(2);
  }
}
