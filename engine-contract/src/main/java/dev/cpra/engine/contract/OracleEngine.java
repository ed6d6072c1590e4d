package dev.cpra.engine.contract;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The reference: the lifecycle table as the most obvious program, objects in a map by handle and a
/// look at every one of them at every stage of every tick. Only what other engines are compared
/// with; nothing here tries to be fast.
///
/// Open to the mutants among tests: a subclass puts a bug back by overriding one of the protected
/// methods. Nothing else extends it.
public class OracleEngine implements Engine {
  private final EngineLimits limits;
  private final Lanes lanes;
  private final Transitions listener;
  private final Ledger ledger = new Ledger();
  private final TreeMap<Integer, OracleMonitor> monitors = new TreeMap<>();
  private final Deque<Integer> freeHandles = new ArrayDeque<>();
  private final Map<Integer, Integer> lastPulseNumbers = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private int interventionNumber;
  private int codeNumber;
  private long now;

  private int work;
  private boolean draining;
  private boolean drained;
  private boolean closed;

  /// @param action takes effect at the next tick, if the monitor still exists
  /// @param rules what an update brings, for counting different rules
  private record Call(
      int monitor,
      Consumer<OracleMonitor> action,
      boolean isRunNow,
      @Nullable MonitorRules rules) {}

  /// A reference without monitors.
  public OracleEngine(EngineLimits limits, Lanes lanes, Transitions listener) {
    this.limits = limits;
    this.lanes = lanes;
    this.listener = listener;
  }

  // --- calls

  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    requireOpen();
    if (monitors.size() >= limits.maxMonitors()) {
      throw limitReached("maxMonitors", limits.maxMonitors());
    }
    requireRoomFor(rules);
    Integer freed = freeHandles.poll();
    int handle = freed != null ? freed : monitors.size();
    OracleMonitor m = new OracleMonitor(handle, rules);
    m.state.nextSlotNanos = firstDueNanos;
    m.state.pulseNumber = lastPulseNumbers.getOrDefault(handle, 0);
    monitors.put(handle, m);
    return handle;
  }

  @Override
  public void update(int monitor, MonitorRules rules) {
    known(monitor);
    requireRoomFor(rules);
    call(new Call(monitor, m -> applyUpdate(m, rules), false, rules));
  }

  @Override
  public void remove(int monitor) {
    known(monitor);
    call(new Call(monitor, this::applyRemove, false, null));
  }

  @Override
  public void pause(int monitor, boolean paused) {
    known(monitor);
    call(new Call(monitor, m -> applyPause(m, paused), false, null));
  }

  @Override
  public void runNow(int monitor, long nowNanos) {
    known(monitor);
    call(new Call(monitor, m -> applyRunNow(m, nowNanos), true, null));
  }

  @Override
  public void drain(long nowNanos) {
    requireOpen();
    draining = true;
  }

  private void call(Call call) {
    if (calls.size() >= limits.maxCalls()) {
      throw limitReached("maxCalls", limits.maxCalls());
    }
    calls.add(call);
  }

  private void requireRoomFor(MonitorRules rules) {
    Set<MonitorRules> different = new HashSet<>();
    monitors.values().forEach(m -> different.add(m.rules));
    for (Call call : calls) {
      if (call.rules != null) {
        different.add(call.rules);
      }
    }
    if (!different.contains(rules) && different.size() >= limits.maxRules()) {
      throw limitReached("maxRules", limits.maxRules());
    }
  }

  private LimitReachedException limitReached(String limit, long value) {
    ledger.limitsReached++;
    return new LimitReachedException(limit, value);
  }

  private void applyUpdate(OracleMonitor m, MonitorRules rules) {
    long oldInterval = m.rules.intervalNanos();
    m.rules = rules;
    if (rules.intervalNanos() != oldInterval) {
      m.state.nextSlotNanos =
          Lifecycle.regrid(m.state.nextSlotNanos, oldInterval, rules.intervalNanos(), now);
    }
    if (rules.intervention() == null && m.phase() == Vitals.INTERVENTION_DUE) {
      cancelIntervention(m);
      m.state.interventionNanos = 0;
      apply(m, Lifecycle.interventionGivenUp(m.state.vitals));
    }
    endReminderWithoutRules(m);
  }

  private static void endReminderWithoutRules(OracleMonitor m) {
    AlertRules alerts = m.rules.alerts();
    if (alerts.remindNanos() == 0 || (alerts.codes() & Code.RED.bit()) == 0) {
      m.state.remindNanos = 0;
    }
  }

  private void applyPause(OracleMonitor m, boolean paused) {
    if (paused == Vitals.has(m.state.vitals, Vitals.PAUSED)) {
      return;
    }
    if (!paused) {
      apply(m, Lifecycle.resume(m.state.vitals));
      return;
    }
    if (Vitals.has(m.state.vitals, Vitals.WAITING)) {
      ledger.pulse.waiting--;
      ledger.pulse.missed++;
      listener.missed(m.handle, m.state.pulseDueNanos, 1, now);
      m.state.pulseDueNanos = 0;
    }
    if (m.phase() == Vitals.INTERVENTION_DUE) {
      cancelIntervention(m);
      m.state.interventionNanos = 0;
    }
    apply(m, Lifecycle.pause(m.state.vitals));
  }

  private void applyRunNow(OracleMonitor m, long dueNanos) {
    if (draining || !Lifecycle.hearsRunNow(m.state.vitals)) {
      ledger.runNowIgnored++;
      return;
    }
    ledger.pulse.due++;
    waitForLane(m, dueNanos);
  }

  private void applyRemove(OracleMonitor m) {
    cancelPulse(m);
    cancelIntervention(m);
    cancelCode(m);
    for (Lane lane : Lane.values()) {
      if (m.inFlight(lane)) {
        end(m, lane, Transitions.CANCELLED);
      }
    }
    for (int i = 0; i < Alerts.count(m.state.alerts); i++) {
      ledger.alerts.queued--;
      ledger.alerts.dropped++;
      listener.dropped(m.handle, Code.of(Alerts.colour(m.state.alerts, i)), now);
    }
    monitors.remove(m.handle);
    lastPulseNumbers.put(m.handle, m.state.pulseNumber);
    freeHandles.push(m.handle);
    listener.removed(m.handle, now);
  }

  // --- the tick

  @Override
  public int tick(long nowNanos) {
    requireOpen();
    now = Math.max(now, nowNanos);
    work = 0;
    all().forEach(this::applyRestored);
    applyCalls();
    for (Lane lane : Lane.values()) {
      applyOutcomes(lane);
    }
    for (Lane lane : Lane.values()) {
      all().forEach(m -> expire(m, lane));
    }
    if (!draining) {
      all().forEach(this::bookSlots);
      all().forEach(this::bookIntervention);
      all().forEach(this::raiseReminder);
      all().forEach(this::bookCode);
      dispatch(Lane.PULSE, m -> roundedUp(m.state.pulseDueNanos));
      dispatch(Lane.INTERVENTION, m -> m.state.interventionNanos);
      dispatch(Lane.CODE, m -> m.state.codeNanos);
    }
    lanes.flush();
    return work;
  }

  /// Every monitor, by handle.
  protected List<OracleMonitor> all() {
    return List.copyOf(monitors.values());
  }

  private void applyCalls() {
    for (Call call : calls) {
      OracleMonitor m = monitors.get(call.monitor);
      if (m != null) {
        call.action.accept(m);
      } else if (call.isRunNow) {
        ledger.runNowIgnored++;
      }
    }
    calls.clear();
    if (draining && !drained) {
      drained = true;
      all().forEach(this::cancelPulse);
      all().forEach(this::cancelIntervention);
      all().forEach(this::cancelCode);
    }
  }

  private void applyOutcomes(Lane lane) {
    LaneQueue queue = lanes.lane(lane);
    for (Batch batch = queue.pollOutcomes(); batch != null; batch = queue.pollOutcomes()) {
      for (int i = 0; i < batch.size(); i++) {
        applyOutcome(lane, batch.monitor(i), batch.number(i), batch.outcome(i));
      }
      queue.recycle(batch);
    }
  }

  private void applyOutcome(Lane lane, int monitor, int number, byte outcome) {
    work++;
    LaneLedger account = ledger.lane(lane);
    account.outcomes++;
    OracleMonitor m = monitors.get(monitor);
    if (m == null || !isOfJobInFlight(m, lane, number) || outcome == Outcome.DISCARDED) {
      account.stale++;
      listener.stale(lane, monitor, number, now);
      return;
    }
    boolean ok = outcome == Outcome.OK;
    end(m, lane, ok ? Transitions.OK : Transitions.FAILED);
    switch (lane) {
      case PULSE -> pulseEnded(m, ok);
      case INTERVENTION ->
          apply(
              m,
              ok
                  ? Lifecycle.interventionOk(m.state.vitals, m.rules)
                  : Lifecycle.interventionFailed(m.state.vitals, m.rules));
      case CODE -> {
        if (ok) {
          ledger.alerts.delivered++;
          ledger.alerts.queued--;
          removeAlert(m, 0);
        } else {
          deliveryFailed(m);
        }
      }
    }
  }

  /// Whether an outcome is that of the job in flight.
  protected boolean isOfJobInFlight(OracleMonitor m, Lane lane, int number) {
    return m.inFlight(lane) && m.number(lane) == number;
  }

  /// A pulse reported.
  protected void pulseEnded(OracleMonitor m, boolean ok) {
    apply(
        m,
        ok
            ? Lifecycle.pulseOk(m.state.vitals, m.rules)
            : Lifecycle.pulseFailed(m.state.vitals, m.rules));
  }

  private void expire(OracleMonitor m, Lane lane) {
    if (m.inFlight(lane) && hasPassed(m.deadline(lane))) {
      work++;
      end(m, lane, Transitions.EXPIRED);
      switch (lane) {
        case PULSE -> apply(m, Lifecycle.pulseExpired(m.state.vitals, m.rules));
        case INTERVENTION -> apply(m, Lifecycle.interventionExpired(m.state.vitals, m.rules));
        case CODE -> deliveryFailed(m);
      }
    } else if (lane == Lane.INTERVENTION && m.interventionBooked) {
      InterventionRules intervention = m.intervention();
      if (m.state.interventionNanos + intervention.timeoutNanos() + limits.graceNanos() <= now) {
        cancelIntervention(m);
        m.state.interventionNanos = 0;
        apply(m, Lifecycle.interventionNotTaken(m.state.vitals, m.rules));
      }
    }
  }

  /// Whether this deadline has passed.
  protected boolean hasPassed(long deadline) {
    return deadline <= now;
  }

  // --- due

  private void bookSlots(OracleMonitor m) {
    long engineTime = now / limits.tickNanos() * limits.tickNanos();
    long first = m.state.nextSlotNanos;
    long interval = m.rules.intervalNanos();
    if (first > engineTime) {
      return;
    }
    long slots = (engineTime - first) / interval + 1;
    m.state.nextSlotNanos = first + slots * interval;
    ledger.pulse.due += slots;
    long missedBefore = mayPulse(m) ? Math.min(slots, slotsWhileSettling(m, first)) : slots;
    miss(m, first, missedBefore);
    if (missedBefore < slots) {
      m.state.interventionNanos = 0; // it has settled
      long offered = first + missedBefore * interval;
      waitForLane(m, offered);
      miss(m, offered + interval, slots - missedBefore - 1);
    }
  }

  /// Whether a slot is offered, settling apart.
  protected boolean mayPulse(OracleMonitor m) {
    return Lifecycle.offersSlot(m.state.vitals);
  }

  /// Slots before this time are missed.
  protected long settlesUntil(OracleMonitor m) {
    return m.state.interventionNanos;
  }

  private long slotsWhileSettling(OracleMonitor m, long first) {
    long left = settlesUntil(m) - first;
    return left <= 0 ? 0 : (left - 1) / m.rules.intervalNanos() + 1;
  }

  private void miss(OracleMonitor m, long first, long slots) {
    if (slots > 0) {
      ledger.pulse.missed += slots;
      listener.missed(m.handle, first, slots, now);
    }
  }

  private void waitForLane(OracleMonitor m, long dueNanos) {
    m.state.pulseDueNanos = dueNanos;
    ledger.pulse.waiting++;
    apply(m, Lifecycle.pulseWaits(m.state.vitals));
  }

  private void bookIntervention(OracleMonitor m) {
    if (m.phase() == Vitals.INTERVENTION_DUE
        && !m.interventionBooked
        && m.state.interventionNanos <= now) {
      m.interventionBooked = true;
      ledger.intervention.due++;
      ledger.intervention.waiting++;
    }
  }

  private void raiseReminder(OracleMonitor m) {
    if (m.mayRemind() && m.state.remindNanos <= now) {
      apply(m, Lifecycle.remind(m.state.vitals, m.rules));
    }
  }

  private void bookCode(OracleMonitor m) {
    if (m.alertWaits() && !m.codeBooked && m.state.codeNanos <= now) {
      m.codeBooked = true;
      ledger.code.due++;
      ledger.code.waiting++;
    }
  }

  // --- dispatch

  private void dispatch(Lane lane, ToLongFunction<OracleMonitor> dueSince) {
    List<OracleMonitor> waiting = new ArrayList<>(all());
    waiting.removeIf(m -> !m.waitsFor(lane));
    waiting.sort(Comparator.comparingLong(dueSince).thenComparingInt(m -> m.handle));
    for (OracleMonitor m : waiting) {
      dispatch(m, lane);
    }
  }

  private void dispatch(OracleMonitor m, Lane lane) {
    MonitorState state = m.state;
    long due = m.due(lane);
    int number =
        1
            + switch (lane) {
              case PULSE -> state.pulseNumber;
              case INTERVENTION -> interventionNumber;
              case CODE -> codeNumber;
            };
    int detail =
        switch (lane) {
          case PULSE -> 0;
          case INTERVENTION -> Math.min(Vitals.attempts(state.vitals) + 1, 127);
          case CODE -> Alerts.colour(state.alerts, 0);
        };
    long deadline = now + m.timeout(lane) + limits.graceNanos();
    if (!offer(lanes.lane(lane), m.handle, number, due, deadline, detail)) {
      return;
    }
    work++;
    ledger.lane(lane).waiting--;
    ledger.lane(lane).dispatched++;
    ledger.lane(lane).inFlight++;
    listener.dispatched(lane, m.handle, number, detail, due, now);
    switch (lane) {
      case PULSE -> {
        state.pulseNumber = number;
        state.pulseDeadlineNanos = deadline;
        apply(m, Lifecycle.pulseDispatched(state.vitals));
      }
      case INTERVENTION -> {
        interventionNumber = number;
        m.interventionBooked = false;
        m.interventionDue = due;
        state.interventionNumber = number;
        state.interventionNanos = deadline;
        apply(m, Lifecycle.interventionDispatched(state.vitals));
      }
      case CODE -> {
        codeNumber = number;
        m.codeBooked = false;
        m.codeDue = due;
        state.codeNumber = number;
        state.codeNanos = deadline;
        state.alerts = Alerts.dispatched(state.alerts);
      }
    }
  }

  /// Offers a job to its lane; false if that is full.
  protected boolean offer(
      LaneQueue queue, int monitor, int number, long due, long deadline, int detail) {
    return queue.offer(monitor, number, due, deadline, detail);
  }

  // --- what an event does to a monitor

  private void end(OracleMonitor m, Lane lane, int end) {
    LaneLedger account = ledger.lane(lane);
    account.inFlight--;
    switch (end) {
      case Transitions.OK -> account.ok++;
      case Transitions.FAILED -> account.failed++;
      case Transitions.EXPIRED -> account.expired++;
      default -> account.cancelledInFlight++;
    }
    listener.ended(lane, m.handle, m.number(lane), end, m.due(lane), now);
    switch (lane) {
      case PULSE -> {
        m.state.pulseDueNanos = 0;
        m.state.pulseDeadlineNanos = 0;
      }
      case INTERVENTION -> {
        m.state.interventionNumber = 0;
        m.state.interventionNanos = 0;
      }
      case CODE -> m.state.codeNumber = 0;
    }
  }

  /// Stores the result of an event and carries out its effects.
  private void apply(OracleMonitor m, long result) {
    MonitorState state = m.state;
    long before = state.vitals;
    state.vitals = Lifecycle.state(result);
    if (((before ^ state.vitals) & Transitions.WATCHED) != 0) {
      listener.changed(m.handle, before, state.vitals, now);
    }
    if ((result & Lifecycle.INTERVENTION_NOW) != 0) {
      state.interventionNanos = now;
    }
    if ((result & (Lifecycle.INTERVENTION_LATER | Lifecycle.SETTLE)) != 0) {
      state.interventionNanos = now + m.retryDelay();
    }
    if (!Vitals.has(state.vitals, Vitals.INCIDENT)) {
      state.remindNanos = 0;
    }
    for (Code code : List.of(Code.YELLOW, Code.RED, Code.GREEN, Code.CYAN, Code.GRAY)) {
      if ((Lifecycle.skipped(result) & code.bit()) != 0) {
        skip(m, code);
      }
      if ((Lifecycle.raised(result) & code.bit()) != 0) {
        raise(m, code);
      }
    }
  }

  /// Counts an alert that is not configured.
  protected void skip(OracleMonitor m, Code code) {
    ledger.alerts.skipped++;
    listener.skipped(m.handle, code, now);
  }

  /// Queues an alert.
  protected void raise(OracleMonitor m, Code code) {
    if (Alerts.count(m.state.alerts) == Alerts.MAX) {
      abandon(m, Alerts.oldestNotInFlight(m.state.alerts));
    }
    m.state.alerts = Alerts.push(m.state.alerts, code.ordinal());
    ledger.alerts.raised++;
    ledger.alerts.queued++;
    listener.raised(m.handle, code, now);
    if (Alerts.count(m.state.alerts) == 1) {
      m.state.codeNanos = now;
    }
    if (code == Code.RED) {
      long remind = m.rules.alerts().remindNanos();
      m.state.remindNanos = remind == 0 ? 0 : now + remind;
    }
    if (Alerts.givesWayToRed(m.state.alerts)) {
      abandon(m, 0);
    }
  }

  /// A delivery of the first alert failed or expired.
  protected void deliveryFailed(OracleMonitor m) {
    m.state.alerts = Alerts.deliveryFailed(m.state.alerts);
    if (Alerts.abandonsFirst(m.state.alerts, m.rules.alerts())) {
      abandon(m, 0);
    } else {
      m.state.codeNanos = now + AlertRules.backoffNanos(Alerts.failed(m.state.alerts));
    }
  }

  private void abandon(OracleMonitor m, int i) {
    ledger.alerts.abandoned++;
    ledger.alerts.queued--;
    listener.abandoned(m.handle, Code.of(Alerts.colour(m.state.alerts, i)), now);
    removeAlert(m, i);
  }

  private void removeAlert(OracleMonitor m, int i) {
    if (i == 0) {
      cancelCode(m);
    }
    m.state.alerts = Alerts.remove(m.state.alerts, i);
    if (i == 0) {
      m.state.codeNanos = m.state.alerts == Alerts.NONE ? 0 : now;
    }
  }

  private void cancelPulse(OracleMonitor m) {
    if (Vitals.has(m.state.vitals, Vitals.WAITING)) {
      cancelled(m, Lane.PULSE);
      m.state.pulseDueNanos = 0;
      apply(m, Lifecycle.pulseGivenUp(m.state.vitals));
    }
  }

  private void cancelIntervention(OracleMonitor m) {
    if (m.interventionBooked) {
      cancelled(m, Lane.INTERVENTION);
      m.interventionBooked = false;
    }
  }

  private void cancelCode(OracleMonitor m) {
    if (m.codeBooked) {
      cancelled(m, Lane.CODE);
      m.codeBooked = false;
    }
  }

  private void cancelled(OracleMonitor m, Lane lane) {
    ledger.lane(lane).waiting--;
    ledger.lane(lane).cancelled++;
    listener.cancelled(lane, m.handle, m.due(lane), now);
  }

  // --- the rest

  @Override
  public long nextWakeupNanos() {
    requireOpen();
    long nextTick = (now / limits.tickNanos() + 1) * limits.tickNanos();
    long at = Long.MAX_VALUE;
    for (OracleMonitor m : all()) {
      for (Lane lane : Lane.values()) {
        at = Math.min(at, m.inFlight(lane) ? m.deadline(lane) : Long.MAX_VALUE);
        at = Math.min(at, !draining && m.waitsFor(lane) ? nextTick : Long.MAX_VALUE);
      }
      if (!draining) {
        at = Math.min(at, roundedUp(m.state.nextSlotNanos));
        at = Math.min(at, m.nextDueNanos());
      }
    }
    return at;
  }

  private long roundedUp(long nanos) {
    return (nanos + limits.tickNanos() - 1) / limits.tickNanos() * limits.tickNanos();
  }

  @Override
  public void read(int monitor, MonitorState into) {
    OracleMonitor.copy(known(monitor).state, into);
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    OracleMonitor m = known(monitor);
    long firstSlot = m.state.nextSlotNanos;
    int lastNumber = m.state.pulseNumber;
    OracleMonitor.copy(from, m.state);
    m.state.nextSlotNanos = from.nextSlotNanos > 0 ? from.nextSlotNanos : firstSlot;
    m.state.pulseNumber = Math.max(lastNumber, from.pulseNumber);
    m.state.pulseDueNanos = 0;
    m.state.pulseDeadlineNanos = 0;
    interventionNumber = Math.max(interventionNumber, from.interventionNumber);
    codeNumber = Math.max(codeNumber, from.codeNumber);
    m.state.interventionNumber = 0;
    m.state.codeNumber = 0;
    long result = Lifecycle.restored(from.vitals, m.rules);
    m.state.vitals = Lifecycle.state(result);
    m.settlesFromNextTick = (result & Lifecycle.SETTLE) != 0;
    m.alertDueFromNextTick = Alerts.inFlight(from.alerts);
    m.state.alerts = Alerts.restored(from.alerts);
    endReminderWithoutRules(m);
    if (Vitals.phase(from.vitals) != m.phase()) {
      m.state.interventionNanos =
          Vitals.phase(from.vitals) == Vitals.PULSE_IN_FLIGHT ? from.interventionNanos : 0;
    }
    for (int i = 0; i < Alerts.count(from.alerts); i++) {
      ledger.alerts.raised++;
      ledger.alerts.queued++;
      listener.raised(monitor, Code.of(Alerts.colour(from.alerts, i)), now);
    }
  }

  private void applyRestored(OracleMonitor m) {
    if (m.settlesFromNextTick) {
      m.settlesFromNextTick = false;
      m.state.interventionNanos = now + m.retryDelay();
    }
    if (m.alertDueFromNextTick) {
      m.alertDueFromNextTick = false;
      m.state.codeNanos = now;
    }
  }

  @Override
  public int audit(int from, int count) {
    requireOpen();
    return 0;
  }

  @Override
  public Ledger ledger() {
    requireOpen();
    return ledger;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  private OracleMonitor known(int monitor) {
    requireOpen();
    OracleMonitor m = monitors.get(monitor);
    if (m == null) {
      throw new IllegalArgumentException("monitor: expected a handle in use, found " + monitor);
    }
    return m;
  }
}
