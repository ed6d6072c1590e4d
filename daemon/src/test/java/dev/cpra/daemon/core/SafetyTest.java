package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.own.Everything;
import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.BatchedLog;
import dev.cpra.daemon.state.InterventionRecord;
import dev.cpra.daemon.state.InterventionRecord.End;
import dev.cpra.daemon.state.MemoryStorage;
import dev.cpra.daemon.state.StateException;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import dev.cpra.manifest.policy.Maintenance;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Selector;
import dev.cpra.manifest.policy.Silence;
import dev.cpra.manifest.policy.Window;
import dev.cpra.probes.Ceremony;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What stands around an intervention, and what stops the creation of alerts.
final class SafetyTest {
  private static final long SECOND = 1_000_000_000;
  private static final long HOUR = 3_600 * SECOND;

  private final MemoryStorage storage = new MemoryStorage();
  private Lanes lanes = Workers.lanes(1);
  private BatchedLog log;
  private long now = 1_800_000_000L * SECOND;

  /// How far the wall's clock is ahead of the daemon's.
  private long ahead;

  SafetyTest() throws StateException {
    log = BatchedLog.onCallersThread(storage);
  }

  private static Policy policy(boolean dryRun, int most, List<Silence> silences) {
    return policy(dryRun, most, silences, new Safety.BreakerRules(0.5, 2, HOUR, 0, 0));
  }

  private static Policy policy(
      boolean dryRun, int most, List<Silence> silences, Safety.BreakerRules breaker) {
    Safety.Limit limit = new Safety.Limit(most, HOUR);
    return new Policy(
        silences, List.of(), new Safety(true, dryRun, limit, limit, Map.of(), breaker));
  }

  private Core core(Policy policy, int count) throws Exception {
    MonitorRules rules =
        MonitorRules.of(10 * SECOND, SECOND)
            .withThresholds(100, 1)
            .withIntervention(new InterventionRules(5 * SECOND, 3, SECOND, 1))
            .withAlerts(new AlertRules(Code.ALL_MASK, SECOND, 5, 0));
    WebhookConfig hook = WebhookConfig.post("http://127.0.0.1:1/");
    List<MonitorSpec> specs =
        IntStream.range(0, count)
            .mapToObj(i ->
                MonitorSpec.of("m" + i, rules, HttpConfig.get("http://127.0.0.1:1/"))
                    .withIntervention(rules, hook)
                    .withCodes(Map.of(Code.YELLOW, hook, Code.GREEN, hook, Code.RED, hook)))
            .toList();
    lanes = Workers.lanes(1);
    log = BatchedLog.onCallersThread(storage);
    return new Core(
        new Configuration(specs, policy),
        Core.EngineMaker.of(EngineProvider.named("baseline"), Map.of()),
        lanes,
        ProbeKinds.standard(),
        Everything.OWNED,
        log,
        () -> now,
        () -> DaemonClock.instant(now + ahead));
  }

  private static Ceremony.@Nullable Refusal before(Core core, int monitor) throws Exception {
    return core.repairs().make(monitor, 1, 1).before();
  }

  private List<InterventionRecord> recorded() throws Exception {
    return BatchedLog.onCallersThread(storage).recovered().interventions();
  }

  @Test
  void theIntentIsOnDiskBeforeTheActAndTheEndAfterIt() throws Exception {
    Core core = core(policy(false, 5, List.of()), 1);
    Ceremony ceremony = core.repairs().make(0, 1, 2);
    assertThat(ceremony.isReady()).isFalse();
    assertThat(ceremony.before()).isNull();
    assertThat(recorded())
        .singleElement()
        .satisfies(done -> {
          assertThat(done.end()).isEqualTo(End.OPEN);
          assertThat(done.intent().attempt()).isEqualTo(2);
          assertThat(done.intent().act()).isEqualTo("webhook");
        });
    ceremony.after(new CheckResult(Reason.STATUS, "HTTP 500", 500, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(log.write()).isTrue();
    assertThat(recorded())
        .singleElement()
        .satisfies(done -> {
          assertThat(done.end()).isEqualTo(End.FAILED);
          assertThat(done.text()).isEqualTo("HTTP 500");
        });
    assertThat(storage.audit()).extracting(AuditLine::what).containsExactly("begun", "ended");
  }

  @Test
  void withoutADiskNothingIsRepaired() throws Exception {
    Core core = core(policy(false, 5, List.of()), 1);
    storage.refuse("the disk is full");
    Ceremony.Refusal refusal = before(core, 0);
    assertThat(refusal).isNotNull();
    assertThat(String.valueOf(refusal)).contains("HELD_BACK", "the disk is full");
    storage.refuse(null);
    assertThat(recorded()).isEmpty();
    assertThat(before(core, 0)).isNull();
  }

  /// Kills a refusal that is paid for: an hour without repairs after a minute without a disk. Also
  /// over a reload, which counts anew what was done.
  @Test
  void whatTheDiskRefusedSpendsNothing() throws Exception {
    Core core = core(policy(false, 2, List.of()), 3);
    assertThat(before(core, 0)).isNull();
    storage.refuse("the disk is full");
    for (int i = 0; i < 5; i++) {
      now += SECOND;
      assertThat(String.valueOf(before(core, 1))).contains("the disk is full");
    }
    assertThat(core.safeguard().refused()).isEqualTo(5);
    storage.refuse(null);
    reload(core, policy(false, 2, List.of(), new Safety.BreakerRules(0.6, 2, HOUR, 0, 0)));
    assertThat(before(core, 1)).isNull();
    assertThat(String.valueOf(before(core, 2))).contains("budget");
  }

  /// Kills windows that follow elapsed time: they would be off by as much as the machine slept.
  @Test
  void aMaintenanceWindowFollowsTheWallsClock() throws Exception {
    Window window =
        new Window.Once(DaemonClock.instant(now + HOUR), DaemonClock.instant(now + 2 * HOUR));
    Maintenance moving = new Maintenance(new Selector("m*", null, Map.of()), window, "moving");
    Policy usual = policy(false, 5, List.of());
    Core core = core(new Policy(List.of(), List.of(moving), usual.safety()), 1);
    assertThat(before(core, 0)).isNull();
    ahead = HOUR + SECOND;
    assertThat(String.valueOf(before(core, 0))).contains("maintenance: moving");
    ahead = 2 * HOUR + SECOND;
    assertThat(before(core, 0)).isNull();
  }

  @Test
  void aDryRunWritesDownAndDoesNothing() throws Exception {
    Core core = core(policy(true, 5, List.of()), 1);
    assertThat(String.valueOf(before(core, 0))).contains("dry run");
    assertThat(recorded()).isEmpty();
  }

  /// Kills a recovery that forgets what was spent.
  @Test
  void budgetsGoOnOverARestart() throws Exception {
    Core core = core(policy(false, 2, List.of()), 8);
    assertThat(before(core, 0)).isNull();
    assertThat(before(core, 1)).isNull();
    now += SECOND;
    Core after = core(policy(false, 2, List.of()), 8);
    assertThat(String.valueOf(before(after, 2))).contains("budget");
    now += HOUR;
    assertThat(before(after, 2)).isNull();
  }

  @Test
  void theBreakerFreezesInterventionsAndSaysSo() throws Exception {
    Core core = core(policy(false, 5, List.of()), 4);
    fail(core, 0);
    assertThat(core.safeguard().isOpen()).isFalse();
    fail(core, 1);
    assertThat(core.safeguard().isOpen()).isTrue();
    assertThat(String.valueOf(before(core, 3))).contains("too many targets fail at once");
  }

  /// Kills a reload that makes the breaker anew: with any word in the policy all repairs would go
  /// on at once.
  @Test
  void aReloadOfThePolicyKeepsThemFrozen() throws Exception {
    Core core = core(policy(false, 5, List.of()), 4);
    fail(core, 0);
    fail(core, 1);
    Silence silence =
        new Silence(
            new Selector("m3", null, Map.of()),
            DaemonClock.instant(now),
            DaemonClock.instant(now + HOUR),
            "");
    reload(core, policy(false, 5, List.of(silence)));
    assertThat(core.safeguard().isOpen()).isTrue();
    reload(core, policy(false, 5, List.of(), new Safety.BreakerRules(0.4, 1, HOUR, 0, 0)));
    assertThat(core.safeguard().isOpen()).as("by other rules").isTrue();
    assertThat(String.valueOf(before(core, 3))).contains("too many targets fail at once: 2 of 4");
    answer(core, 0, true);
    answer(core, 1, true);
    assertThat(core.safeguard().isOpen()).as("nobody fails any more").isFalse();
  }

  /// Kills a reload after which those that failed before it count no longer.
  @Test
  void whoFailedBeforeAReloadCountsAfterIt() throws Exception {
    Core core = core(policy(false, 5, List.of()), 4);
    fail(core, 0);
    reload(core, policy(true, 5, List.of()));
    fail(core, 1);
    assertThat(core.safeguard().isOpen()).isTrue();

    Core other = core(policy(false, 5, List.of()), 4);
    fail(other, 0);
    reload(other, policy(false, 5, List.of(), new Safety.BreakerRules(0.5, 2, 2 * HOUR, 0, 0)));
    assertThat(other.safeguard().isOpen()).isFalse();
    fail(other, 1);
    assertThat(other.safeguard().isOpen()).as("by other rules").isTrue();
  }

  private static void reload(Core core, Policy policy) {
    core.target().policy(new Changes(List.of(), List.of(), List.of(), policy));
  }

  @Test
  void aSwitchStopsAllOfThem() throws Exception {
    Core core = core(policy(false, 5, List.of()), 1);
    core.safeguard().turn(false, now);
    assertThat(String.valueOf(before(core, 0))).contains("switched off by hand");
    core.safeguard().turn(true, now);
    assertThat(before(core, 0)).isNull();
  }

  /// Kills a switch that is not asked again when the disk has taken its time.
  @Test
  void whatTheDiskHeldUpIsNotBegunAfterAStop() throws Exception {
    Core core = core(policy(false, 5, List.of()), 1);
    storage.atCommit(() -> core.safeguard().turn(false, now));
    assertThat(String.valueOf(before(core, 0))).contains("HELD_BACK", "switched off by hand");
    storage.atCommit(() -> {});
    assertThat(log.write()).isTrue();
    assertThat(recorded())
        .singleElement()
        .satisfies(left -> assertThat(left.end()).isEqualTo(End.NOT_DONE));
  }

  /// Kills a stop that begins what waits, and one that takes it for a repair that failed.
  @Test
  void aDaemonThatStopsBeginsNone() throws Exception {
    Core core = core(policy(false, 5, List.of()), 1);
    storage.atCommit(() -> core.repairs().stop());
    assertThat(String.valueOf(before(core, 0))).contains("ABORTED", "the daemon is stopping");
    storage.atCommit(() -> {});
    assertThat(String.valueOf(before(core, 0))).contains("ABORTED", "the daemon is stopping");
    assertThat(log.write()).isTrue();
    assertThat(recorded())
        .singleElement()
        .satisfies(left -> assertThat(left.end()).isEqualTo(End.NOT_DONE));
  }

  /// Kills silences that stop deliveries (the alert would count as raised), and ones that never
  /// end.
  @Test
  void aSilenceStopsTheCreationOfAlertsWhileItHolds() throws Exception {
    Silence silence =
        new Silence(
            new Selector("m0", null, Map.of()),
            DaemonClock.instant(now),
            DaemonClock.instant(now + 60 * SECOND),
            "new racks");
    Core core = core(policy(false, 5, List.of(silence)), 2);
    fail(core, 0);
    fail(core, 1);
    assertThat(core.engine().ledger().alerts.raised).isEqualTo(1);
    assertThat(core.engine().ledger().alerts.skipped).isEqualTo(1);
    assertThat(recovers(core, 0)).as("nothing to take back").isEqualTo(1);
    now += 61 * SECOND;
    core.engine().tick(now); // sees that the silence is over, and gives the rules back
    core.engine().tick(++now);
    long before = core.engine().ledger().alerts.raised;
    fail(core, 0);
    assertThat(core.engine().ledger().alerts.raised).isEqualTo(before + 1);
  }

  /// The alerts raised after a check of this monitor passed.
  private long recovers(Core core, int monitor) {
    answer(core, monitor, true);
    return core.engine().ledger().alerts.raised;
  }

  private void fail(Core core, int monitor) {
    answer(core, monitor, false);
  }

  /// Has this monitor checked, and answers for it; the others' checks stay unanswered.
  private void answer(Core core, int monitor, boolean ok) {
    LaneQueue pulses = lanes.pulse();
    core.engine().runNow(monitor, now);
    boolean answered = false;
    while (!answered) {
      now += SECOND / 100;
      core.engine().tick(now);
      for (Batch batch = pulses.take(); batch != null; batch = pulses.take()) {
        Batch outcomes = new Batch(batch.size());
        for (int i = 0; i < batch.size(); i++) {
          if (batch.monitor(i) == monitor) {
            outcomes.addOutcome(
                monitor, batch.number(i), batch.dueNanos(i), ok ? Outcome.OK : Outcome.FAILED);
            answered = true;
          }
        }
        assertThat(pulses.give(outcomes)).isTrue();
      }
    }
    core.engine().tick(++now);
  }
}
