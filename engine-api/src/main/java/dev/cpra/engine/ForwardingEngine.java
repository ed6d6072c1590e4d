package dev.cpra.engine;

import java.util.Map;

/// An engine that passes every call on to another. What stands around an engine extends it and
/// overrides the calls that it adds something to.
public abstract class ForwardingEngine implements Engine {
  /// The one that does the work.
  protected final Engine engine;

  /// Takes the engine over: closing this closes it.
  protected ForwardingEngine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    return engine.add(rules, firstDueNanos);
  }

  @Override
  public void update(int monitor, MonitorRules rules) {
    engine.update(monitor, rules);
  }

  @Override
  public void remove(int monitor) {
    engine.remove(monitor);
  }

  @Override
  public void pause(int monitor, boolean paused) {
    engine.pause(monitor, paused);
  }

  @Override
  public void runNow(int monitor, long nowNanos) {
    engine.runNow(monitor, nowNanos);
  }

  @Override
  public int tick(long nowNanos) {
    return engine.tick(nowNanos);
  }

  @Override
  public long nextWakeupNanos() {
    return engine.nextWakeupNanos();
  }

  @Override
  public void onWakeup(Runnable listener) {
    engine.onWakeup(listener);
  }

  @Override
  public void drain(long nowNanos) {
    engine.drain(nowNanos);
  }

  @Override
  public void read(int monitor, MonitorState into) {
    engine.read(monitor, into);
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    engine.restore(monitor, from);
  }

  @Override
  public int audit(int from, int count) {
    return engine.audit(from, count);
  }

  @Override
  public Ledger ledger() {
    return engine.ledger();
  }

  @Override
  public Map<String, Long> operations() {
    return engine.operations();
  }

  @Override
  public void close() {
    engine.close();
  }
}
