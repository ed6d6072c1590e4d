package dev.cpra.engine.ecs;

import dev.cpra.engine.kit.TimingWheel;

/// Slots in a timing wheel beside the world: a tick costs what is due, whatever else there is.
final class WheelOfSlots extends SlotIndex {
  private final TimingWheel wheel;

  WheelOfSlots(long tickNanos) {
    wheel = new TimingWheel(tickNanos);
  }

  @Override
  void schedule(int handle, long tick) {
    wheel.schedule(handle, tick);
  }

  @Override
  long next(long limit) {
    return wheel.next(limit);
  }

  @Override
  int[] handles() {
    return wheel.handles();
  }

  @Override
  int from() {
    return wheel.from();
  }

  @Override
  int to() {
    return wheel.to();
  }

  @Override
  int[] ahead() {
    return wheel.ahead();
  }

  @Override
  int aheadFrom() {
    return wheel.aheadFrom();
  }

  @Override
  int aheadTo() {
    return wheel.aheadTo();
  }

  @Override
  long earliest(long limit) {
    return wheel.earliest(limit);
  }

  @Override
  boolean isOverdue(int handle) {
    return wheel.isOverdue(handle);
  }

  @Override
  String operation() {
    return "wheel_entries";
  }

  @Override
  long operations() {
    return wheel.scheduled();
  }
}
