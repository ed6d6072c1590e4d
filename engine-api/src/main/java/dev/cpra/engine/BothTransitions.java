package dev.cpra.engine;

/// Tells one and then the other.
record BothTransitions(Transitions first, Transitions second) implements Transitions {
  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    first.dispatched(lane, monitor, number, detail, dueNanos, nowNanos);
    second.dispatched(lane, monitor, number, detail, dueNanos, nowNanos);
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    first.ended(lane, monitor, number, end, dueNanos, nowNanos);
    second.ended(lane, monitor, number, end, dueNanos, nowNanos);
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    first.stale(lane, monitor, number, nowNanos);
    second.stale(lane, monitor, number, nowNanos);
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    first.missed(monitor, firstSlotNanos, slots, nowNanos);
    second.missed(monitor, firstSlotNanos, slots, nowNanos);
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    first.cancelled(lane, monitor, dueNanos, nowNanos);
    second.cancelled(lane, monitor, dueNanos, nowNanos);
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    first.changed(monitor, vitalsBefore, vitalsAfter, nowNanos);
    second.changed(monitor, vitalsBefore, vitalsAfter, nowNanos);
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    first.raised(monitor, code, nowNanos);
    second.raised(monitor, code, nowNanos);
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    first.skipped(monitor, code, nowNanos);
    second.skipped(monitor, code, nowNanos);
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    first.abandoned(monitor, code, nowNanos);
    second.abandoned(monitor, code, nowNanos);
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    first.dropped(monitor, code, nowNanos);
    second.dropped(monitor, code, nowNanos);
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    first.removed(monitor, nowNanos);
    second.removed(monitor, nowNanos);
  }
}
