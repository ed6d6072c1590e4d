package dev.cpra.daemon.core;

import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.probes.guard.Breaker;
import dev.cpra.probes.guard.InterventionGuard;
import dev.cpra.probes.guard.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The guard of interventions, asked by workers and told of targets by the engine's thread.
/// Thread-safe.
final class Safeguard {
  private static final Logger LOG = LoggerFactory.getLogger(Safeguard.class);

  private record Done(MonitorSpec monitor, long whenNanos) {}

  private final StateLog log;
  private final WallClock wall;

  /// Guarded by this, as the following ones.
  private InterventionGuard guard;

  private Policy policy;
  private final ArrayDeque<Done> done = new ArrayDeque<>();
  private boolean on = true;
  private int exempt = -1;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong opened = new AtomicLong();
  private volatile @Nullable String frozen;

  Safeguard(Policy policy, int monitorsMax, StateLog log, WallClock wall) {
    this.policy = policy;
    this.guard = new InterventionGuard(policy, new Breaker(policy.safety().breaker(), monitorsMax));
    this.log = log;
    this.wall = wall;
  }

  /// Other rules hold from now on. What was done counts under them too, who fails since when is
  /// known, and interventions that are frozen stay so.
  synchronized void policy(Policy other, long nowNanos) {
    if (other.equals(policy)) {
      return;
    }
    policy = other;
    Breaker breaker = guard.breaker();
    var _ = breaker.rules(other.safety().breaker(), nowNanos);
    guard = new InterventionGuard(other, breaker);
    guard.turn(on);
    for (Done one : done) {
      guard.recall(one.monitor(), one.whenNanos());
    }
    look(nowNanos);
  }

  private void remember(MonitorSpec monitor, long whenNanos) {
    if (done.size() == Safety.Limit.MOST_MAX) {
      done.removeFirst();
    }
    done.addLast(new Done(monitor, whenNanos));
  }

  /// May this monitor be repaired now? If so it counts as done.
  synchronized Verdict decide(MonitorSpec monitor, long nowNanos) {
    Verdict verdict = guard.decide(monitor, nowNanos, wall.now());
    look(nowNanos);
    if (verdict.allowed()) {
      remember(monitor, nowNanos);
    } else {
      refused.incrementAndGet();
    }
    return verdict;
  }

  /// One that was allowed at this time was not done after all: it counts as refused, and spends
  /// nothing.
  synchronized void takeBack(MonitorSpec monitor, long whenNanos) {
    guard.takeBack(monitor, whenNanos);
    var _ = done.removeLastOccurrence(new Done(monitor, whenNanos));
    refused.incrementAndGet();
  }

  /// Why one that was allowed must not be begun after all: what stops all of them came meanwhile;
  /// null if nothing did.
  synchronized @Nullable String stopped() {
    return on ? frozen : "interventions are switched off by hand";
  }

  /// Counts one that was done before a restart.
  synchronized void recall(MonitorSpec monitor, long whenNanos) {
    guard.recall(monitor, whenNanos);
    remember(monitor, whenNanos);
  }

  /// A target that failed before a restart.
  record Failing(int handle, long sinceNanos) {}

  /// The breaker learns who failed since when before a restart: those that began together are a
  /// reason to freeze, those that have failed for long are not. To be called when all are watched.
  synchronized void replay(List<Failing> failing, long nowNanos) {
    List<Failing> inOrder = new ArrayList<>(failing);
    inOrder.sort(Comparator.comparingLong(Failing::sinceNanos));
    for (Failing one : inOrder) {
      var _ = guard.breaker().observe(one.handle(), true, one.sinceNanos());
    }
    var _ = guard.breaker().tick(nowNanos);
    look(nowNanos);
  }

  /// This monitor is the daemon's own, no target.
  synchronized void exempt(int handle) {
    exempt = handle;
  }

  /// A target fails, or is well.
  synchronized void observe(int handle, boolean failing, long nowNanos) {
    if (handle == exempt) {
      return;
    }
    var _ = guard.breaker().observe(handle, failing, nowNanos);
    look(nowNanos);
  }

  /// A target goes on under another handle, failing or well as it was.
  synchronized void moved(int from, int to) {
    if (to != exempt) {
      guard.breaker().move(from, to);
    }
  }

  /// A target is watched no longer.
  synchronized void forget(int handle, long nowNanos) {
    if (handle == exempt) {
      exempt = -1;
      return;
    }
    var _ = guard.breaker().forget(handle, nowNanos);
    look(nowNanos);
  }

  /// Time has passed.
  synchronized void tick(long nowNanos) {
    var _ = guard.breaker().tick(nowNanos);
    look(nowNanos);
  }

  /// The switch for all interventions, beside the manifest's own.
  synchronized void turn(boolean on, long nowNanos) {
    this.on = on;
    guard.turn(on);
    LOG.warn("interventions are switched {} by hand", on ? "on" : "off");
    log.audit(
        new AuditLine(nowNanos, "", on ? "on" : "off", "interventions were switched by hand"));
  }

  private void look(long nowNanos) {
    Breaker breaker = guard.breaker();
    if (breaker.isOpen() == isOpen()) {
      return;
    }
    String text = breaker.failing() + " of " + breaker.watched() + " targets began to fail at once";
    if (breaker.isOpen()) {
      frozen = "interventions are frozen: " + text;
      opened.incrementAndGet();
      LOG.error("interventions are frozen: {}", text);
    } else {
      frozen = null;
      LOG.warn("interventions go on");
    }
    log.audit(new AuditLine(nowNanos, "", isOpen() ? "frozen" : "thawed", text));
  }

  /// Whether interventions are frozen because too many targets fail at once. Any thread.
  boolean isOpen() {
    return frozen != null;
  }

  /// Why interventions are frozen, one line; null if they are not. Any thread.
  @Nullable String frozen() {
    return frozen;
  }

  /// How often that began.
  long opened() {
    return opened.get();
  }

  /// Interventions refused.
  long refused() {
    return refused.get();
  }
}
