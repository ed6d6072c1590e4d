package dev.cpra.engine.ecs;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entities, on Dominion, by handle, with a count of every kind of rare component in it.
///
/// Dominion 0.9.0 has defects that this class and its users keep away from, each held by a test:
/// deleting an entity twice throws, so liveness is tracked here; calls on an entity are not all
/// refused after the world was closed and its native memory freed, so the engine refuses them;
/// iterators stop at an empty chunk, so whoever queries counts what it saw against the counts here
/// and walks the [RareList] if something is missing; an entity with a state is never disabled.
final class World implements AutoCloseable {
  private final Dominion dominion = Dominion.create();
  private Entity[] entity = new Entity[0];
  private final int maxEntities;
  private int interventions;
  private int alertQueues;
  private int incidents;
  private int pulsesInFlight;
  private long shortQueries;
  private long structuralChanges;

  World(int maxEntities) {
    this.maxEntities = maxEntities;
  }

  // --- structural changes, made by the playback of commands

  void create(Pulse pulse) {
    int handle = pulse.handle;
    if (handle >= entity.length) {
      int length = Math.min(maxEntities, Math.max(handle + 1, Math.max(16, 2 * entity.length)));
      entity = Arrays.copyOf(entity, length);
    }
    entity[handle] = dominion.createEntity(pulse);
    structuralChanges++;
  }

  @SuppressWarnings("NullAway") // a handle without an entity
  void delete(int handle) {
    Entity deleted = find(handle);
    if (deleted != null && dominion.deleteEntity(deleted)) {
      entity[handle] = null;
      structuralChanges++;
    }
  }

  void add(int handle, Object component) {
    Entity changed = find(handle);
    if (changed != null) {
      changed.add(component);
      count(component.getClass(), 1);
    }
  }

  void remove(int handle, Object component) {
    Entity changed = find(handle);
    if (changed != null && changed.remove(component)) {
      count(component.getClass(), -1);
    }
  }

  void setState(int handle, PulseStage stage) {
    Entity changed = find(handle);
    if (changed != null) {
      changed.setState(stage);
      structuralChanges++;
    }
  }

  private void count(Class<?> kind, int change) {
    structuralChanges++;
    if (kind == PulseInFlight.class) {
      pulsesInFlight += change;
    } else if (kind == Intervention.class) {
      interventions += change;
    } else if (kind == AlertQueue.class) {
      alertQueues += change;
    } else {
      incidents += change;
    }
  }

  // --- queries

  /// The monitors with interventions. What it yields less than [#interventions] is missing.
  Results<Results.With2<Pulse, Intervention>> withIntervention() {
    return dominion.findEntitiesWith(Pulse.class, Intervention.class);
  }

  /// The monitors with undelivered alerts. What it yields less than [#alertQueues] is missing.
  Results<Results.With2<Pulse, AlertQueue>> withAlertQueue() {
    return dominion.findEntitiesWith(Pulse.class, AlertQueue.class);
  }

  /// The monitors with an open incident. What it yields less than [#incidents] is missing.
  Results<Results.With2<Pulse, Incident>> withIncident() {
    return dominion.findEntitiesWith(Pulse.class, Incident.class);
  }

  /// The monitors tagged as having a pulse in flight. What it yields less than [#pulsesInFlight] is
  /// missing.
  Results<Results.With2<Pulse, PulseInFlight>> withPulseInFlight() {
    return dominion.findEntitiesWith(Pulse.class, PulseInFlight.class);
  }

  /// The monitors in a state, as far as Dominion finds them.
  Results<Results.With1<Pulse>> inState(PulseStage stage) {
    return dominion.findEntitiesWith(Pulse.class).withState(stage);
  }

  int pulsesInFlight() {
    return pulsesInFlight;
  }

  int interventions() {
    return interventions;
  }

  int alertQueues() {
    return alertQueues;
  }

  int incidents() {
    return incidents;
  }

  /// Whether a query saw all it should have; counted if not.
  boolean sawAll(int seen, int expected) {
    if (seen == expected) {
      return true;
    }
    shortQueries++;
    return false;
  }

  /// How often a query came short.
  long shortQueries() {
    return shortQueries;
  }

  /// How many entities, components and states came and went so far.
  long structuralChanges() {
    return structuralChanges;
  }

  /// The entity of a handle, if it has one.
  @Nullable Entity find(int handle) {
    return handle < entity.length ? entity[handle] : null;
  }

  // --- repairs

  /// Deletes the entity of a handle with all its components, whatever state it is in.
  void discard(int handle) {
    Entity broken = find(handle);
    if (broken != null && !broken.isDeleted()) {
      discard(broken, Intervention.class);
      discard(broken, AlertQueue.class);
      discard(broken, Incident.class);
      discard(broken, PulseInFlight.class);
      delete(handle);
    }
  }

  private void discard(Entity broken, Class<?> kind) {
    if (broken.removeType(kind)) {
      count(kind, -1);
    }
  }

  @Override
  public void close() {
    dominion.close();
  }
}
