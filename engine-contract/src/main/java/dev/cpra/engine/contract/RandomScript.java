package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// Does the same random things to two worlds and expects the same of both, step by step: jobs,
/// events, states and ledgers. The seed decides everything, so a failure repeats.
///
/// Monitors come, go, change and pause; targets go down and up; outcomes are lost, late, doubled,
/// discarded or made up; lanes narrow; the clock stumbles, jumps and goes back.
final class RandomScript {
  private static final int MONITORS_MAX = 40;

  private final EngineWorld subject;
  private final EngineWorld twin;
  private final Random random;
  private final long seed;
  private final long tick;
  private final List<MonitorRules> rulesPool = new ArrayList<>();
  private final List<Integer> live = new ArrayList<>();
  private final List<Integer> removing = new ArrayList<>();
  private final Map<Integer, Boolean> down = new HashMap<>();
  private final Map<Integer, MonitorState> before = new HashMap<>();
  private final Map<Integer, Long> ranNow = new HashMap<>();
  private final PriorityQueue<Late> late = new PriorityQueue<>();
  private final ArrayList<Job> seenJobs = new ArrayList<>();
  private boolean calm;
  private boolean draining;
  private boolean exact;
  private long order;
  private long step;

  private record Late(long at, long order, Job job, byte outcome) implements Comparable<Late> {
    @Override
    public int compareTo(Late other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  RandomScript(EngineWorld subject, EngineWorld twin, long tick, long seed) {
    this.subject = subject.codesByHand();
    this.twin = twin.codesByHand();
    this.tick = tick;
    this.seed = seed;
    this.random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      rulesPool.add(randomRules());
    }
  }

  private MonitorRules randomRules() {
    MonitorRules rules =
        MonitorRules.of(MS / 2 + random.nextLong(60 * MS), 1 + random.nextLong(8 * MS))
            .withThresholds(1 + random.nextInt(3), 1 + random.nextInt(3))
            .withCalm(1 + random.nextInt(6))
            .withAlerts(
                new AlertRules(
                    Code.RED.bit() | random.nextInt(Code.ALL_MASK + 1), 6 * MS, 2, 900 * MS));
    return random.nextInt(4) == 0
        ? rules
        : rules.withIntervention(
            new InterventionRules(
                1 + random.nextLong(15 * MS),
                1 + random.nextInt(3),
                random.nextLong(40 * MS),
                1 + random.nextInt(3)));
  }

  /// Expects even the order that the contract leaves open to be the same.
  RandomScript exactly() {
    exact = true;
    return this;
  }

  /// Runs the script, then lets everything recover, then drains.
  void run(int steps) {
    try {
      for (step = 0; step < steps; step++) {
        calls();
        subjectAndTwinTick(nextTime());
        work();
      }
      recover();
      drain();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
    }
  }

  private long nextTime() {
    long now = subject.now();
    return switch (calm ? 10 : random.nextInt(100)) {
      case 0 -> now + random.nextLong(3 * SECOND);
      case 1 -> Math.max(0, now - random.nextLong(SECOND));
      case 2 -> now;
      case 3, 4, 5 -> now + random.nextLong(30 * MS);
      case 6, 7 -> now + random.nextLong(3 * tick);
      default -> (now / tick + 1) * tick;
    };
  }

  // --- calls

  private void both(Consumer<EngineWorld> call) {
    call.accept(subject);
    call.accept(twin);
  }

  private int same(String what, ToIntFunction<EngineWorld> call) {
    int result = call.applyAsInt(subject);
    assertThat(result).as(what).isEqualTo(call.applyAsInt(twin));
    return result;
  }

  private MonitorRules anyRules() {
    return rulesPool.get(random.nextInt(rulesPool.size()));
  }

  private int anyMonitor() {
    return live.get(random.nextInt(live.size()));
  }

  private void calls() {
    if (live.size() + removing.size() < MONITORS_MAX && random.nextInt(8) == 0) {
      MonitorRules rules = anyRules();
      long first = Math.max(0, subject.now() - 20 * MS + random.nextLong(60 * MS));
      live.add(same("handle", world -> world.add(rules, first)));
    }
    if (live.isEmpty()) {
      return;
    }
    int monitor = anyMonitor();
    switch (random.nextInt(40)) {
      case 0, 1 -> {
        MonitorRules rules = anyRules();
        both(world -> world.engine().update(monitor, rules));
      }
      case 2 -> {
        both(world -> world.engine().remove(monitor));
        live.removeIf(m -> m == monitor);
        removing.add(monitor);
      }
      case 3 -> both(world -> world.engine().pause(monitor, true));
      case 4, 5 -> both(world -> world.engine().pause(monitor, false));
      case 6, 7 -> {
        long now = subject.now();
        ranNow.put(monitor, now);
        both(world -> world.engine().runNow(monitor, now));
      }
      case 8 -> {
        Lane lane = Lane.of(random.nextInt(Lane.COUNT));
        int jobs = random.nextInt(6);
        both(world -> world.lanes().lane(lane).narrow(jobs));
      }
      case 9, 10 ->
          both(world -> List.of(Lane.values()).forEach(l -> world.lanes().lane(l).narrow(99)));
      case 11, 12, 13 -> down.merge(monitor, true, (was, _) -> !was);
      case 14 -> same("audit", world -> world.engine().audit(0, MONITORS_MAX));
      case 15 -> foreignOutcome();
      default -> {}
    }
  }

  private void foreignOutcome() {
    Lane lane = Lane.of(random.nextInt(Lane.COUNT));
    int monitor = random.nextInt(MONITORS_MAX + 2) - 1;
    int number = random.nextInt(20);
    // Number 0 is nobody's, and a high one could be that of a later job.
    int foreign = seenJobs.isEmpty() || number == 0 ? 0 : -number;
    both(world -> world.give(lane, monitor, foreign, 0, Outcome.FAILED));
  }

  // --- workers

  private void work() {
    for (Lane lane : Lane.values()) {
      int batches = calm ? 1_000 : random.nextInt(4) * random.nextInt(3);
      List<Job> jobs = subject.take(lane, batches);
      assertThat(jobs).as("jobs of the %s lane", lane).isEqualTo(twin.take(lane, batches));
      for (Job job : jobs) {
        fate(job);
      }
    }
    while (!late.isEmpty() && late.element().at() <= subject.now()) {
      Late due = late.remove();
      both(world -> world.give(due.job(), due.outcome()));
    }
  }

  private void fate(Job job) {
    boolean isDown = !calm && down.getOrDefault(job.monitor(), false);
    byte outcome = random.nextInt(10) < (isDown ? 9 : 1) && !calm ? Outcome.FAILED : Outcome.OK;
    int dice = calm ? 99 : random.nextInt(100);
    if (dice < 6) {
      return; // lost
    }
    if (dice < 9) {
      answer(job, Outcome.DISCARDED, 0);
      return;
    }
    long delay = dice < 14 ? random.nextLong(3 * SECOND) : dice < 50 ? random.nextLong(12 * MS) : 0;
    answer(job, outcome, delay);
    if (dice < 20) {
      answer(job, Outcome.FAILED, delay + random.nextLong(50 * MS)); // once more
    }
    if (seenJobs.size() < 1_000) {
      seenJobs.add(job);
    }
  }

  private void answer(Job job, byte outcome, long delay) {
    late.add(new Late(subject.now() + delay, order++, job, outcome));
  }

  // --- the tick and what must hold after it

  private void subjectAndTwinTick(long now) {
    int from = subject.trace().events().size();
    subject.tickAt(now);
    twin.tickAt(now);
    removing.clear();
    List<Event> told = newEvents(subject, from);
    assertThat(Trace.canonical(told))
        .as("events of the tick at %d", subject.now())
        .isEqualTo(Trace.canonical(newEvents(twin, from)));
    if (exact) {
      assertThat(told).as("order of events").isEqualTo(newEvents(twin, from));
    }
    told.forEach(this::respectsSettling);
    assertThat(subject.engine().nextWakeupNanos())
        .as("wake-up after %d", subject.now())
        .isLessThanOrEqualTo(twin.engine().nextWakeupNanos());
    for (int monitor : live) {
      MonitorState state = subject.state(monitor);
      assertThat(words(state))
          .as("state of monitor %d at %d", monitor, subject.now())
          .isEqualTo(words(twin.state(monitor)));
      isSound(monitor, state);
      before.put(monitor, state);
    }
    for (Lane lane : Lane.values()) {
      assertThat(SoundnessChecker.figures(subject.ledger().lane(lane)))
          .as("account of the %s lane", lane)
          .isEqualTo(SoundnessChecker.figures(twin.ledger().lane(lane)));
    }
    assertThat(subject.ledger().runNowIgnored).isEqualTo(twin.ledger().runNowIgnored);
    subject.trace().clear();
    twin.trace().clear();
  }

  private static List<Event> newEvents(EngineWorld world, int from) {
    List<Event> events = world.trace().events();
    return List.copyOf(events.subList(Math.min(from, events.size()), events.size()));
  }

  private void respectsSettling(Event e) {
    MonitorState state = before.get(e.monitor());
    if (e.kind() == Event.Kind.REMOVED) {
      before.remove(e.monitor());
    } else if (e.kind() == Event.Kind.DISPATCHED && e.lane() == Lane.PULSE && state != null) {
      boolean idle = Vitals.phase(state.vitals) == Vitals.IDLE;
      if (idle && ranNow.getOrDefault(e.monitor(), -1L) != e.from()) {
        assertThat(e.from())
            .as("due time against settling, %s", e)
            .isGreaterThanOrEqualTo(
                Vitals.has(state.vitals, Vitals.WAITING) ? 0 : state.interventionNanos);
      }
    }
  }

  private void isSound(int monitor, MonitorState state) {
    long now = subject.now();
    long engineTime = now / tick * tick;
    int phase = Vitals.phase(state.vitals);
    boolean waiting = Vitals.has(state.vitals, Vitals.WAITING);
    if (!draining) {
      assertThat(state.nextSlotNanos).as("next slot of %d", monitor).isGreaterThan(engineTime);
    }
    assertThat(waiting && phase != Vitals.IDLE).as("waiting and busy: %d", monitor).isFalse();
    assertThat(waiting && Vitals.has(state.vitals, Vitals.PAUSED))
        .as("waiting and paused: %d", monitor)
        .isFalse();
    if (phase == Vitals.PULSE_IN_FLIGHT) {
      assertThat(state.pulseDeadlineNanos).as("pulse deadline of %d", monitor).isGreaterThan(now);
    } else {
      assertThat(state.pulseDeadlineNanos).as("pulse deadline of %d", monitor).isZero();
    }
    if (phase == Vitals.INTERVENTION_IN_FLIGHT) {
      assertThat(state.interventionNanos).as("deadline of %d", monitor).isGreaterThan(now);
    }
    if (phase == Vitals.INTERVENTION_DUE) {
      assertThat(Vitals.has(state.vitals, Vitals.PAUSED)).as("paused and due").isFalse();
    }
  }

  private String words(MonitorState s) {
    // Settling that ends before the next slot may be forgotten.
    boolean settled =
        Vitals.phase(s.vitals) <= Vitals.PULSE_IN_FLIGHT
            && s.interventionNanos <= Math.max(subject.now(), s.nextSlotNanos);
    return Vitals.describe(s.vitals)
        + (" slot=" + s.nextSlotNanos)
        + (" pulse=" + s.pulseNumber + "/" + s.pulseDueNanos + "/" + s.pulseDeadlineNanos)
        + (" intervention=" + s.interventionNumber + "/" + (settled ? 0 : s.interventionNanos))
        + (" alerts=" + Long.toHexString(s.alerts) + "/" + s.codeNumber + "/" + s.codeNanos)
        + (" remind=" + s.remindNanos);
  }

  // --- the end

  private void recover() {
    calm = true;
    both(world -> List.of(Lane.values()).forEach(l -> world.lanes().lane(l).narrow(1_000)));
    for (int monitor : live) {
      both(world -> world.engine().pause(monitor, false));
    }
    long until = subject.now() + 3 * SECOND;
    Map<Integer, Long> passed = new HashMap<>();
    while (subject.now() < until) {
      step++;
      subjectAndTwinTick(subject.now() + 8 * tick);
      work();
      for (int monitor : live) {
        if (Vitals.streak(subject.vitals(monitor)) > 0) {
          passed.merge(monitor, 1L, Long::sum);
        }
      }
    }
    for (int monitor : live) {
      assertThat(passed.getOrDefault(monitor, 0L))
          .as("times that monitor %d was seen well: %s", monitor, subject.words(monitor))
          .isPositive();
    }
  }

  private void drain() {
    draining = true;
    both(world -> world.engine().drain(world.now()));
    for (int i = 0; i < 5; i++) {
      step++;
      subjectAndTwinTick(subject.now() + SECOND);
      work();
    }
    assertThat(subject.ledger().inFlight()).as("in flight after draining").isZero();
  }
}
