package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.own.Everything;
import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.BatchedLog;
import dev.cpra.daemon.state.MemoryStorage;
import dev.cpra.daemon.state.StateException;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.probes.Ceremony;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.LaneRunner;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.ProbeLoops;
import dev.cpra.probes.ProbeOptions;
import dev.cpra.probes.Reason;
import dev.cpra.probes.ResultListener;
import dev.cpra.probes.Targets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A monitor is removed while its repair and its alert wait in their lanes, and another one gets
/// its handle before a worker looks at them.
final class FormerMonitorTest {
  private static final long SECOND = 1_000_000_000;

  private final MemoryStorage storage = new MemoryStorage();
  private final BatchedLog log;
  private final Lanes lanes = Workers.lanes(1);
  private long now = 1_800_000_000L * SECOND;

  FormerMonitorTest() throws StateException {
    log = BatchedLog.onCallersThread(storage);
  }

  private record Job(int monitor, int number, long due, int detail) {}

  private static MonitorSpec spec(String name) {
    MonitorRules rules =
        MonitorRules.of(10 * SECOND, SECOND)
            .withIntervention(new InterventionRules(600 * SECOND, 3, SECOND, 1))
            .withAlerts(new AlertRules(Code.ALL_MASK, 600 * SECOND, 5, 0));
    WebhookConfig hook = WebhookConfig.post("http://127.0.0.1:1/" + name);
    return MonitorSpec.of(name, rules, HttpConfig.get("http://127.0.0.1:1/"))
        .withIntervention(rules, hook)
        .withCodes(Map.of(Code.YELLOW, hook, Code.RED, hook));
  }

  private Core core(String engine) {
    return new Core(
        new Configuration(List.of(spec("former")), Policy.DEFAULT),
        Core.EngineMaker.of(EngineProvider.named(engine), Map.of()),
        lanes,
        ProbeKinds.standard(),
        Everything.OWNED,
        log,
        () -> now,
        () -> DaemonClock.instant(now));
  }

  private void tick(Core core) {
    now += SECOND / 10;
    core.engine().tick(now);
  }

  /// Has the only monitor checked, and answers that it is down.
  ///
  /// @return the check
  private Job fail(Core core, int monitor) {
    core.engine().runNow(monitor, now);
    tick(core);
    Job check = take(Lane.PULSE);
    Batch outcome = new Batch(1);
    outcome.addOutcome(check.monitor(), check.number(), check.due(), Outcome.FAILED);
    assertThat(lanes.pulse().give(outcome)).isTrue();
    tick(core);
    tick(core);
    return check;
  }

  private Job take(Lane lane) {
    LaneQueue queue = lanes.lane(lane);
    Batch batch = queue.take();
    if (batch == null) {
      throw new AssertionError("no job in the lane " + lane);
    }
    Job job = new Job(batch.monitor(0), batch.number(0), batch.dueNanos(0), batch.detail(0));
    batch.clear();
    queue.give(batch);
    return job;
  }

  /// The other one comes by the reload that follows.
  private void replace(Core core) {
    int handle = core.table().handle("former");
    core.target().remove("former");
    tick(core);
    core.target().put(core.preparation().prepare(spec("other")));
    assertThat(core.table().handle("other")).isEqualTo(handle);
    tick(core);
  }

  private List<String> audit() {
    assertThat(log.write()).isTrue();
    return storage.audit().stream().map(line -> line.monitor() + " " + line.what()).toList();
  }

  private static CheckResult refused() {
    return new CheckResult(Reason.REFUSED, "connection refused", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /// Kills handles that are looked up without the job's number: the other monitor is repaired and
  /// told of. Answered and counted they are all the same.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void whatWaitsIsNotDoneAsTheOthers(String engine) throws Exception {
    Core core = core(engine);
    var _ = fail(core, 0);
    replace(core);
    try (ProbeLoops loops = ProbeLoops.open(ProbeOptions.DEFAULT, () -> now)) {
      for (Lane lane : List.of(Lane.INTERVENTION, Lane.CODE)) {
        try (LaneRunner runner =
            LaneRunner.start(lanes.lane(lane), loops, 4, core.targets(lane), ResultListener.NONE)) {
          Await.until("answered: " + lane, () -> runner.stats().given() == 1);
          assertThat(runner.stats().count(Reason.NO_TARGET)).as("%s", lane).isEqualTo(1);
        }
      }
    }
    tick(core);
    assertThat(core.engine().ledger().intervention.stale).isEqualTo(1);
    assertThat(core.engine().ledger().code.stale).isEqualTo(1);
    assertThat(core.engine().ledger().balanced()).isTrue();
    assertThat(audit()).containsExactly("(removed) refused");
  }

  /// Between the look-up and what is done around the act. Kills ceremonies that look up the handle
  /// anew: the intent of the former would be the other's.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void whatWasBegunIsNotWrittenDownAsTheOthers(String engine) throws Exception {
    Core core = core(engine);
    var _ = fail(core, 0);
    Job repair = take(Lane.INTERVENTION);
    Job alert = take(Lane.CODE);
    Ceremony early = core.repairs().make(repair.monitor(), repair.number(), repair.detail());
    Ceremony telling = core.deliveries().make(alert.monitor(), alert.number(), alert.detail());
    replace(core);
    assertThat(String.valueOf(early.before())).contains("its monitor was removed");
    assertThat(String.valueOf(telling.before())).contains("its monitor was removed");
    Ceremony late = core.repairs().make(repair.monitor(), repair.number(), repair.detail());
    assertThat(String.valueOf(late.before())).contains("its monitor was removed");
    Ceremony toldLate = core.deliveries().make(alert.monitor(), alert.number(), alert.detail());
    assertThat(toldLate.isReady()).isFalse();
    assertThat(audit()).containsExactly("former refused", "(removed) refused");
    assertThat(BatchedLog.onCallersThread(storage).recovered().interventions()).isEmpty();
  }

  /// Kills a reason that is kept by handle: the other's alert would tell why the former failed.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void aLateResultIsNoReasonOfTheOther(String engine) {
    Core core = core(engine);
    Job check = fail(core, 0);
    core.troubles().ended(check.monitor(), check.number(), refused());
    assertThat(core.troubles().reason(0, Code.RED)).isEqualTo("connection refused");
    replace(core);
    core.troubles().ended(check.monitor(), check.number(), refused());
    assertThat(core.troubles().reason(0, Code.RED)).isEmpty();
  }

  /// Kills fences that are too high, and ones that a reload of a monitor raises.
  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void theOthersOwnJobsAreDone(String engine) throws Exception {
    Core core = core(engine);
    var _ = fail(core, 0);
    var _ = take(Lane.INTERVENTION);
    var _ = take(Lane.CODE);
    replace(core);
    Job check = fail(core, 0);
    core.troubles().ended(check.monitor(), check.number(), refused());
    assertThat(core.troubles().reason(0, Code.RED)).isEqualTo("connection refused");
    Job repair = take(Lane.INTERVENTION);
    Job alert = take(Lane.CODE);
    core.target().put(core.preparation().prepare(spec("other")));
    tick(core);
    Targets pulses = core.targets(Lane.PULSE);
    assertThat(pulses.probe(check.monitor(), check.number(), 0)).isNotNull();
    Targets repairs = core.targets(Lane.INTERVENTION);
    assertThat(repairs.probe(repair.monitor(), repair.number(), repair.detail())).isNotNull();
    Targets alerts = core.targets(Lane.CODE);
    assertThat(alerts.probe(alert.monitor(), alert.number(), alert.detail())).isNotNull();
    assertThat(core.repairs().make(repair.monitor(), repair.number(), repair.detail()).before())
        .isNull();
    assertThat(core.deliveries().make(alert.monitor(), alert.number(), alert.detail()).before())
        .isNull();
    assertThat(audit()).containsExactly("other begun");
    assertThat(storage.audit())
        .extracting(AuditLine::text)
        .singleElement()
        .asString()
        .contains("connection refused");
  }
}
