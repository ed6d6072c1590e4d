package dev.cpra.simulator.oracle;

import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.simulator.check.Checker;

/// Passes on all that a checker is told. Mutants change a little of it on the way.
class Forwarding implements Checker {
  private final Checker to;

  Forwarding(Checker to) {
    this.to = to;
  }

  @Override
  public String name() {
    return to.name();
  }

  @Override
  public void added(int monitor, MonitorRules rules, long firstDueNanos) {
    to.added(monitor, rules, firstDueNanos);
  }

  @Override
  public void restored(int monitor, MonitorState state) {
    to.restored(monitor, state);
  }

  @Override
  public void updated(int monitor, MonitorRules rules) {
    to.updated(monitor, rules);
  }

  @Override
  public void removing(int monitor) {
    to.removing(monitor);
  }

  @Override
  public void pausing(int monitor, boolean paused) {
    to.pausing(monitor, paused);
  }

  @Override
  public void runningNow(int monitor, long dueNanos) {
    to.runningNow(monitor, dueNanos);
  }

  @Override
  public void draining(long nowNanos) {
    to.draining(nowNanos);
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    to.tickBegins(nowNanos, lateNanos);
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    to.tickEnded(engine, nowNanos);
  }

  @Override
  public void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {
    to.taken(lane, monitor, number, detail, dueNanos, deadlineNanos);
  }

  @Override
  public void given(Lane lane, int monitor, int number, byte outcome) {
    to.given(lane, monitor, number, outcome);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    to.ended(engine, nowNanos);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    to.dispatched(lane, monitor, number, detail, dueNanos, nowNanos);
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    to.ended(lane, monitor, number, end, dueNanos, nowNanos);
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    to.stale(lane, monitor, number, nowNanos);
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    to.missed(monitor, firstSlotNanos, slots, nowNanos);
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    to.cancelled(lane, monitor, dueNanos, nowNanos);
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    to.changed(monitor, vitalsBefore, vitalsAfter, nowNanos);
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    to.raised(monitor, code, nowNanos);
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    to.skipped(monitor, code, nowNanos);
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    to.abandoned(monitor, code, nowNanos);
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    to.dropped(monitor, code, nowNanos);
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    to.removed(monitor, nowNanos);
  }
}
