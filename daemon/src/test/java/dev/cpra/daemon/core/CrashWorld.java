package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.own.Everything;
import dev.cpra.daemon.state.BatchedLog;
import dev.cpra.daemon.state.MemoryStorage;
import dev.cpra.daemon.state.MonitorRecord;
import dev.cpra.daemon.state.StateException;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Selector;
import dev.cpra.manifest.policy.Silence;
import dev.cpra.probes.Ceremony;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The daemon's core on one thread in virtual time, with targets that fail, receivers that are
/// flaky, a disk that keeps what was committed, and a kill at any step. What happened outside of
/// the daemon is written down over all its lives and held to its promises.
final class CrashWorld {
  private static final long MILLI = 1_000_000;
  private static final long STEP = 50 * MILLI;
  private static final long SECOND = 1_000 * MILLI;
  private static final int ATTEMPTS = 2;

  /// The end of a life. No exception, so that nothing goes on behind it.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /// A target and what was done to it, as the outside saw it.
  private static final class Target {
    boolean up = true;
    int actsInOutage;
    boolean endUnknown;
    String lastAlert = "";
    int lastAlertLife;
    long abandonedBefore;

    /// Alerts that were on disk at a restart and must still arrive, in this order.
    List<String> owed = new ArrayList<>();
  }

  private record Act(int monitor, int number, long due, Ceremony ceremony, long endNanos) {}

  private final String engine;
  private final Random random;
  private final MemoryStorage storage = new MemoryStorage();
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final List<MonitorSpec> specs;
  private List<Silence> silences = List.of();
  private long now = 1_800_000_000L * SECOND;
  private int life;
  private int fuse;
  private boolean script = true;
  private boolean repairsHelp = true;
  int kills;
  int acts;
  int deliveries;
  int freezes;

  private BatchedLog log;
  private Core core;
  private Lanes lanes;
  private final List<Act> running = new ArrayList<>();

  CrashWorld(String engine, long seed) {
    this.engine = engine;
    this.random = new Random(seed);
    MonitorRules rules =
        MonitorRules.of(SECOND, 500 * MILLI)
            .withThresholds(2, 1 + random.nextInt(2))
            .withCalm(3)
            .withIntervention(new InterventionRules(5 * SECOND, ATTEMPTS, SECOND, 2));
    WebhookConfig hook = new WebhookConfig("http://127.0.0.1:1/", "POST", List.of(), null, 0);
    List<MonitorSpec> monitors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "m" + i;
      targets.put(name, new Target());
      Map<Code, NotifyConfig> codes = new HashMap<>();
      for (Code code : Code.values()) {
        codes.put(code, hook);
      }
      monitors.add(
          MonitorSpec.of(
                  name,
                  rules.withAlerts(new AlertRules(0, 5 * SECOND, 20, 0)),
                  HttpConfig.get("http://127.0.0.1:1/"))
              .withIntervention(rules.withAlerts(new AlertRules(0, 5 * SECOND, 20, 0)), hook)
              .withCodes(codes));
    }
    specs = BreakerMonitor.behind(monitors);
    targets.put(BreakerMonitor.NAME, new Target());
    storage.atCommit(this::point);
    open();
  }

  /// All three at once freeze the repairs.
  private Policy policy() {
    Safety.Limit wide = new Safety.Limit(Safety.Limit.MOST_MAX, SECOND);
    return new Policy(
        silences,
        List.of(),
        new Safety(
            true,
            false,
            wide,
            wide,
            Map.of(),
            new Safety.BreakerRules(1, 3, 10 * SECOND, 0, 5 * SECOND)));
  }

  /// One target's alerts are silent for a while, or nobody's.
  private void silence(List<Silence> others) {
    silences = others;
    core.target().policy(new Changes(List.of(), List.of(), List.of(), policy()));
  }

  private void perhapsSilence() {
    if (random.nextInt(400) == 0) {
      silence(
          List.of(
              new Silence(
                  new Selector("m" + random.nextInt(3), null, Map.of()),
                  DaemonClock.instant(now),
                  DaemonClock.instant(now + SECOND + random.nextLong(60 * SECOND)),
                  "")));
    }
  }

  private void point() {
    if (fuse > 0 && --fuse == 0) {
      throw new Killed();
    }
  }

  /// Lives at most so long and is killed at this step, if it comes to it.
  void live(long nanos, int killAt) {
    fuse = killAt;
    long end = now + nanos;
    try {
      while (now < end) {
        step();
      }
      fuse = 0;
    } catch (Killed _) {
      kills++;
      now += STEP + (long) (random.nextDouble() * 20 * SECOND);
      if (random.nextInt(3) == 0) {
        targets.values().forEach(target -> turn(target, random.nextBoolean()));
      }
      open();
    }
  }

  /// Every target is well, nothing is killed: what was told of trouble must be taken back.
  void calm() {
    script = false;
    silence(List.of());
    targets.values().forEach(target -> turn(target, true));
    live(90 * SECOND, 0);
    targets.forEach((name, target) -> {
      assertThat(target.lastAlert).as("the last alert of %s", name).isIn("", "GREEN");
      assertThat(target.owed).as("alerts of %s that were on disk and never came", name).isEmpty();
    });
    script = true;
  }

  /// Every target is down and nothing helps: everybody hears of it, and once.
  void disaster() {
    script = false;
    repairsHelp = false;
    silence(List.of());
    targets.values().forEach(target -> turn(target, false));
    live(90 * SECOND, 0);
    targets.forEach((name, target) -> {
      if (!name.equals(BreakerMonitor.NAME)) {
        assertThat(target.lastAlert).as("the last alert of %s", name).isEqualTo("RED");
      }
    });
    repairsHelp = true;
    script = true;
  }

  private static void turn(Target target, boolean up) {
    if (up != target.up) {
      target.actsInOutage = 0;
    }
    target.up = up;
  }

  private void open() {
    life++;
    running.clear();
    targets.values().forEach(target -> target.abandonedBefore = 0);
    int armed = fuse;
    fuse = 0;
    try {
      log = BatchedLog.onCallersThread(storage);
    } catch (StateException e) {
      throw new AssertionError(e);
    }
    assertThat(now).isGreaterThan(log.recovered().lastNanos());
    lanes = Workers.lanes(4);
    lanes.intervention().onJobs(this::repairAtOnce);
    core =
        new Core(
            new Configuration(specs, policy()),
            Core.EngineMaker.of(EngineProvider.named(engine), Map.of()),
            lanes,
            ProbeKinds.standard(),
            Everything.OWNED,
            log,
            () -> now,
            () -> DaemonClock.instant(now));
    for (MonitorRecord record : log.recovered().monitors().values()) {
      MonitorState state = new MonitorState();
      core.engine().read(core.table().handle(record.monitor()), state);
      if (record.hasIncident()) {
        assertThat(Vitals.has(state.vitals, Vitals.INCIDENT))
            .as("the incident of %s stays open", record.monitor())
            .isTrue();
      }
      List<String> owed = new ArrayList<>();
      for (int i = 0; i < record.undelivered(); i++) {
        owed.add(Code.of(Alerts.colour(record.alerts(), i)).name());
      }
      target(record.monitor()).owed = owed;
    }
    fuse = armed;
  }

  private Target target(String name) {
    Target target = targets.get(name);
    if (target == null) {
      throw new AssertionError(name);
    }
    return target;
  }

  private void step() {
    now += STEP + random.nextInt(1_000);
    if (script) {
      for (Target target : targets.values()) {
        if (random.nextInt(target.up ? 120 : 200) == 0) {
          turn(target, !target.up);
        }
      }
      perhapsSilence();
    }
    core.engine().tick(now);
    point();
    if (random.nextInt(4) == 0) {
      var _ = log.write();
    }
    point();
    now += 1_000;
    for (Lane lane : Lane.values()) {
      takeAll(lane);
    }
    endActs();
  }

  /// A worker may be faster than the engine's thread: it begins an intervention while the tick that
  /// dispatched it has not handed its states over.
  private void repairAtOnce() {
    if (random.nextBoolean()) {
      takeAll(Lane.INTERVENTION);
    }
  }

  private void takeAll(Lane lane) {
    LaneQueue queue = lanes.lane(lane);
    for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
      for (int i = 0; i < batch.size(); i++) {
        job(lane, batch.monitor(i), batch.number(i), batch.dueNanos(i), batch.detail(i));
      }
      batch.clear();
      queue.give(batch);
    }
  }

  private void job(Lane lane, int monitor, int number, long due, int detail) {
    now += 1_000;
    String name = core.table().name(monitor);
    switch (lane) {
      case PULSE -> {
        boolean up =
            name.equals(BreakerMonitor.NAME) ? !core.safeguard().isOpen() : target(name).up;
        target(name).endUnknown = false;
        core.troubles().ended(monitor, number, result(up ? Reason.OK : Reason.REFUSED));
        point();
        give(lane, monitor, number, due, up);
      }
      case INTERVENTION -> repair(name, monitor, number, due, detail);
      case CODE -> deliver(name, monitor, number, due, detail);
    }
  }

  private void repair(String name, int monitor, int number, long due, int attempt) {
    Ceremony ceremony = core.repairs().make(monitor, number, attempt);
    Ceremony.Refusal refusal;
    try {
      refusal = ceremony.before();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (refusal != null) {
      give(Lane.INTERVENTION, monitor, number, due, false);
      return;
    }
    point();
    Target target = target(name);
    assertThat(target.endUnknown)
        .as("an intervention of %s is repeated before a check looked", name)
        .isFalse();
    target.endUnknown = true;
    target.actsInOutage++;
    acts++;
    assertThat(target.actsInOutage)
        .as("attempts in one outage of %s", name)
        .isLessThanOrEqualTo(ATTEMPTS);
    running.add(new Act(monitor, number, due, ceremony, now + random.nextLong(2 * SECOND)));
    point();
  }

  private void endActs() {
    for (Iterator<Act> all = running.iterator(); all.hasNext(); ) {
      Act act = all.next();
      if (act.endNanos() <= now) {
        all.remove();
        Target target = target(core.table().name(act.monitor()));
        boolean ok = random.nextInt(3) > 0;
        if (ok && repairsHelp && random.nextBoolean()) {
          turn(target, true);
        }
        point();
        act.ceremony().after(result(ok ? Reason.OK : Reason.STATUS));
        target.endUnknown = false;
        point();
        give(Lane.INTERVENTION, act.monitor(), act.number(), act.due(), ok);
      }
    }
  }

  private void deliver(String name, int monitor, int number, long due, int detail) {
    Ceremony ceremony = core.deliveries().make(monitor, number, detail);
    if (!ceremony.isReady()) {
      try {
        assertThat(ceremony.before()).isNull();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    point();
    Code code = Code.of(detail);
    boolean taken = !script || random.nextInt(10) > 0;
    if (taken) {
      Target target = target(name);
      deliveries++;
      freezes += name.equals(BreakerMonitor.NAME) && code == Code.RED ? 1 : 0;
      assertThat(core.troubles().dedupKey(monitor, code)).isEqualTo("cpra/" + name);
      // Two repairs in a row may report success; what lay between may have been given up for a red.
      long abandoned = core.engine().ledger().alerts.abandoned;
      boolean mayRepeat = code == Code.CYAN || abandoned > target.abandonedBefore;
      if (target.lastAlert.equals(code.name()) && !mayRepeat) {
        assertThat(target.lastAlertLife)
            .as("%s of %s comes twice in one life", code, name)
            .isLessThan(life);
      }
      target.lastAlert = code.name();
      target.lastAlertLife = life;
      target.abandonedBefore = abandoned;
      settle(target.owed, code);
    }
    point();
    give(Lane.CODE, monitor, number, due, taken);
  }

  /// In their order, but that a red does not wait for others that could not be delivered at once.
  private static void settle(List<String> owed, Code code) {
    int at = code == Code.RED ? owed.indexOf("RED") : 0;
    if (at >= 0 && at < owed.size() && owed.get(at).equals(code.name())) {
      owed.subList(0, at + 1).clear();
    }
  }

  private void give(Lane lane, int monitor, int number, long due, boolean ok) {
    Batch outcome = new Batch(1);
    outcome.addOutcome(monitor, number, due, ok ? Outcome.OK : Outcome.FAILED);
    assertThat(lanes.lane(lane).give(outcome)).isTrue();
  }

  private static CheckResult result(Reason reason) {
    return new CheckResult(reason, reason == Reason.OK ? "" : "no", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
