package dev.cpra.engine.ecs;

import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.PulseDeadlines;
import dev.dominion.ecs.api.Entity;

/// Checks that a monitor's slot is in the wheel, that its pulse in flight has a deadline, and that
/// its entity has the components we hold references to; repairs what is not so.
final class Audit {
  private final Monitors monitors;
  private final World world;

  Audit(Monitors monitors, World world) {
    this.monitors = monitors;
    this.world = world;
  }

  /// Returns whether anything was broken.
  boolean repair(Pulse of) {
    if (isPending(of)) {
      return false;
    }
    boolean broken = repairSlot(of);
    broken |= repairDeadline(of);
    broken |= repairEntity(of);
    return broken;
  }

  /// Whether the world is still to learn of the monitor or its components.
  private boolean isPending(Pulse of) {
    if (monitors.changes.isEmpty()) {
      return false;
    }
    return world.find(of.handle) == null || monitors.changes.concerns(of);
  }

  private boolean repairSlot(Pulse of) {
    Moment moment = monitors.moment;
    if (moment.draining
        || moment.tickAtOrAfter(of.slotNanos) > moment.bookedTick
        || monitors.slots.isOverdue(of.handle)) {
      return false;
    }
    monitors.schedule(of, of.slotNanos);
    return true;
  }

  private boolean repairDeadline(Pulse of) {
    if (of.phase() != Vitals.PULSE_IN_FLIGHT
        || monitors.deadlines.deadlineOf(of.handle, of.number) != 0) {
      return false;
    }
    monitors.deadlines.add(
        PulseDeadlines.RINGS_MAX, of.handle, of.number, of.dueNanos(), monitors.moment.now);
    return true;
  }

  private boolean repairEntity(Pulse of) {
    Entity entity = world.find(of.handle);
    Intervention intervention = Monitors.intervention(of);
    AlertQueue queue = Monitors.alertQueue(of);
    Incident incident = Monitors.incident(of);
    if (entity != null
        && !entity.isDeleted()
        && entity.get(Pulse.class) == of
        && entity.get(Intervention.class) == intervention
        && entity.get(AlertQueue.class) == queue
        && entity.get(Incident.class) == incident
        && monitors.marks.agree(entity, of)) {
      return false;
    }
    world.discard(of.handle);
    world.create(of);
    if (intervention != null) {
      world.add(of.handle, intervention);
    }
    if (queue != null) {
      world.add(of.handle, queue);
    }
    if (incident != null) {
      world.add(of.handle, incident);
    }
    if (of.phase() == Vitals.PULSE_IN_FLIGHT) {
      monitors.marks.begin(of);
    }
    return true;
  }
}
