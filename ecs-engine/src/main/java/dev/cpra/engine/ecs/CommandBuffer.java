package dev.cpra.engine.ecs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Structural changes of the world, recorded while systems run and played back at one point of the
/// tick, so that no system changes the structure it (or its caller) is walking.
///
/// Columns. Grows by doubling; what a burst needed is given back after its playback.
final class CommandBuffer {
  private static final int KEPT = 1 << 14;

  private enum Kind {
    CREATE,
    DELETE,
    ADD,
    REMOVE
  }

  private Kind[] kind = new Kind[16];
  private Pulse[] pulse = new Pulse[16];
  private @Nullable Object[] component = new Object[16];
  private int size;

  /// A monitor's entity is to be created.
  void create(Pulse created) {
    record(Kind.CREATE, created, null);
  }

  /// A monitor's entity is to be deleted.
  void delete(Pulse deleted) {
    record(Kind.DELETE, deleted, null);
  }

  /// A rare component comes.
  void add(Pulse changed, Object added) {
    record(Kind.ADD, changed, added);
  }

  /// A rare component goes.
  void remove(Pulse changed, Object removed) {
    record(Kind.REMOVE, changed, removed);
  }

  /// Whether anything is recorded about a monitor. Looks at all that is recorded.
  boolean concerns(Pulse asked) {
    for (int i = 0; i < size; i++) {
      if (pulse[i] == asked) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Carries everything out, in order.
  void playBack(World world) {
    for (int i = 0; i < size; i++) {
      Pulse changed = pulse[i];
      Object part = component[i];
      switch (kind[i]) {
        case CREATE -> world.create(changed);
        case DELETE -> world.delete(changed.handle);
        case ADD -> world.add(changed.handle, requirePart(part));
        case REMOVE -> world.remove(changed.handle, requirePart(part));
      }
    }
    if (kind.length > KEPT) {
      kind = new Kind[16];
      pulse = new Pulse[16];
      component = new Object[16];
    } else {
      Arrays.fill(component, 0, size, null);
    }
    size = 0;
  }

  private static Object requirePart(@Nullable Object part) {
    if (part == null) {
      throw new IllegalStateException("a command without its component");
    }
    return part;
  }

  private void record(Kind what, Pulse of, @Nullable Object part) {
    if (size == kind.length) {
      kind = Arrays.copyOf(kind, 2 * size);
      pulse = Arrays.copyOf(pulse, 2 * size);
      component = Arrays.copyOf(component, 2 * size);
    }
    kind[size] = what;
    pulse[size] = of;
    component[size++] = part;
  }
}
