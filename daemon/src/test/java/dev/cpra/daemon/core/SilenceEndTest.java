package dev.cpra.daemon.core;

import static dev.cpra.daemon.core.LittleWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Selector;
import dev.cpra.manifest.policy.Silence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told when a silence ends. The one here holds from the 10th to the 40th second.
final class SilenceEndTest {
  private static final long START = 1_800_000_000L * SECOND;

  private static MonitorSpec spec(int unhealthy, long remindSeconds) {
    return spec("m", unhealthy, remindSeconds);
  }

  private static MonitorSpec spec(String name, int unhealthy, long remindSeconds) {
    MonitorRules rules =
        MonitorRules.of(SECOND, SECOND / 2)
            .withThresholds(unhealthy, 1)
            .withAlerts(new AlertRules(0, SECOND, 5, remindSeconds * SECOND));
    WebhookConfig hook = WebhookConfig.post("http://127.0.0.1:1/");
    return MonitorSpec.of(name, rules, HttpConfig.get("http://127.0.0.1:1/"))
        .withCodes(Map.of(Code.YELLOW, hook, Code.RED, hook, Code.GREEN, hook));
  }

  private static Policy policy() {
    Silence silence =
        new Silence(
            new Selector("m*", null, Map.of()),
            DaemonClock.instant(START + 10 * SECOND),
            DaemonClock.instant(START + 40 * SECOND),
            "new racks");
    return new Policy(List.of(silence), List.of(), Safety.DEFAULT);
  }

  private static LittleWorld world(String engine, MonitorSpec spec) {
    return new LittleWorld(engine, new Configuration(List.of(spec), policy()), START);
  }

  /// Kills a silence after which nobody ever hears of what it hid, and one that is told twice.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void whatIsStillDownIsToldOnceWhenItEnds(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(20);
    world.down.add("m");
    world.until(39);
    assertThat(world.told).isEmpty();
    world.until(60);
    assertThat(world.told).containsExactly("m RED");
    MonitorCounts counts = world.core().watch().last().counts();
    assertThat(counts.alerts(Code.RED, MonitorCounts.Alert.RAISED)).as("counted").isEqualTo(1);
    world.down.clear();
    world.until(65);
    assertThat(world.told).containsExactly("m RED", "m GREEN");
  }

  /// The machine sleeps for fifteen seconds, or somebody sets its clock. Kills silences that follow
  /// elapsed time: this one would begin and end as much too late.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void itHoldsByTheWallsClock(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(5);
    world.ahead = 15 * SECOND;
    world.until(6);
    world.down.add("m");
    world.until(24);
    assertThat(world.told).as("the wall is at 39").isEmpty();
    world.until(30);
    assertThat(world.told).as("the wall is at 45").containsExactly("m RED");
  }

  /// Kills a silence that has ended for good once it is over: the clock was set back to it.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void aWallThatIsSetBackBeginsItAgain(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(45);
    world.ahead = -20 * SECOND;
    world.until(46);
    world.down.add("m");
    world.until(59);
    assertThat(world.told).as("the wall is at 39").isEmpty();
    world.until(65);
    assertThat(world.told).containsExactly("m RED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void anOutageWithinItIsNeverTold(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(15);
    world.down.add("m");
    world.until(25);
    world.down.clear();
    world.until(60);
    assertThat(world.told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void whatWasToldBeforeIsNotToldAgain(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(2);
    world.down.add("m");
    world.until(60);
    assertThat(world.told).containsExactly("m YELLOW", "m RED");
    world.down.clear();
    world.until(65);
    assertThat(world.told).containsExactly("m YELLOW", "m RED", "m GREEN");
  }

  /// Kills reminders that end with a silence, and ones that are sent within it.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void remindersGoOnAfterIt(String engine) {
    LittleWorld world = world(engine, spec(2, 20));
    world.until(2);
    world.down.add("m");
    world.until(58);
    assertThat(world.told).containsExactly("m YELLOW", "m RED");
    world.until(63);
    assertThat(world.told).containsExactly("m YELLOW", "m RED", "m RED");
    world.until(83);
    assertThat(world.told).hasSize(4);
  }

  /// The yellow was told, so that something was told says nothing of the red.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void aRedIsHeldBackBehindAYellowThatWasTold(String engine) {
    LittleWorld world = world(engine, spec(5, 0));
    world.until(8);
    world.down.add("m");
    world.until(39);
    assertThat(world.told).containsExactly("m YELLOW");
    world.until(60);
    assertThat(world.told).containsExactly("m YELLOW", "m RED");
  }

  /// Those whose silence ends get other handles. Kills a breaker that takes them for well then: it
  /// would close although nobody is.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void frozenRepairsStayFrozenWhenItEnds(String engine) {
    Safety.Limit limit = new Safety.Limit(5, SECOND);
    Safety.BreakerRules breaker = new Safety.BreakerRules(1, 2, 3_600 * SECOND, 0, 0);
    Policy policy =
        new Policy(
            policy().silences(),
            List.of(),
            new Safety(true, false, limit, limit, Map.of(), breaker));
    List<MonitorSpec> specs = List.of(spec("m", 2, 0), spec("m-2", 2, 0));
    LittleWorld world = new LittleWorld(engine, new Configuration(specs, policy), START);
    world.until(15);
    world.down.addAll(List.of("m", "m-2"));
    world.until(39);
    assertThat(world.core().safeguard().isOpen()).isTrue();
    world.until(60);
    assertThat(world.told).containsExactlyInAnyOrder("m RED", "m-2 RED");
    assertThat(world.core().safeguard().isOpen()).isTrue();
    world.down.clear();
    world.until(65);
    assertThat(world.core().safeguard().isOpen()).isFalse();
  }

  /// Lifted by a reload that changes the monitor too.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void aReloadMayEndIt(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(15);
    world.down.add("m");
    world.until(25);
    Reload.Target target = world.core().target();
    target.policy(new Changes(List.of(), List.of(), List.of(), Policy.DEFAULT));
    target.put(world.core().preparation().prepare(spec(3, 0)));
    world.until(30);
    assertThat(world.told).containsExactly("m RED");
  }

  /// At every step around its end. Only what was delivered in the last step may come again.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void aKillLosesNothingOfIt(String engine) {
    for (int step = 0; step < 30; step++) {
      LittleWorld world = world(engine, spec(5, 0));
      world.until(8);
      world.down.add("m");
      world.until(39);
      for (int i = 0; i < step; i++) {
        world.step();
      }
      int before = world.told.size();
      world.kill(step % 3);
      world.until(60);
      assertThat(world.told.stream().distinct())
          .as("killed after step %d", step)
          .containsExactly("m YELLOW", "m RED");
      assertThat(world.told).hasSizeLessThanOrEqualTo(before == 1 ? 2 : 3);
      world.down.clear();
      world.until(65);
      assertThat(world.told).endsWith("m RED", "m GREEN");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void itMayEndWhileNobodyLives(String engine) {
    LittleWorld world = world(engine, spec(2, 0));
    world.until(15);
    world.down.add("m");
    world.until(30);
    world.kill(2);
    world.until(35);
    assertThat(world.told).isEmpty();
    world.kill(20);
    world.until(60);
    assertThat(world.told).containsExactly("m RED");
  }
}
