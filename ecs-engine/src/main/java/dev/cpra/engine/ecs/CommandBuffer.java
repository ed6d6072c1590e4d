package dev.cpra.engine.ecs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Structural changes of the world, recorded while systems run and played back at one point of the
/// tick (after a restore at its beginning, too), so that no system changes the structure it (or its
/// caller) is walking.
///
/// Columns. Grows by doubling; what a burst needed is given back after its playback.
final class CommandBuffer extends StructuralChanges {
  private static final int KEPT_DEFAULT = 1 << 14;

  private static final byte CREATE = 0;
  private static final byte DELETE = 1;
  private static final byte ADD = 2;
  private static final byte REMOVE = 3;
  private static final byte SET_STATE = 4;

  private final int kept;
  private byte[] kind = new byte[16];
  private Pulse[] pulse = new Pulse[16];
  private @Nullable Object[] component = new Object[16];
  private int size;

  /// A buffer for changes that are rare.
  CommandBuffer() {
    this(KEPT_DEFAULT);
  }

  /// @param kept room for so many commands is kept for good, so that recording them allocates
  ///   nothing
  CommandBuffer(int kept) {
    this.kept = kept;
  }

  @Override
  void create(Pulse created) {
    record(CREATE, created, null);
  }

  @Override
  void delete(Pulse deleted) {
    record(DELETE, deleted, null);
  }

  @Override
  void add(Pulse changed, Object added) {
    record(ADD, changed, added);
  }

  @Override
  void remove(Pulse changed, Object removed) {
    record(REMOVE, changed, removed);
  }

  @Override
  void setState(Pulse changed, PulseStage stage) {
    record(SET_STATE, changed, stage);
  }

  /// Looks at all that is recorded.
  @Override
  boolean concerns(Pulse asked) {
    for (int i = 0; i < size; i++) {
      if (pulse[i] == asked) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean isEmpty() {
    return size == 0;
  }

  @Override
  void playBack(World world) {
    for (int i = 0; i < size; i++) {
      Pulse changed = pulse[i];
      Object part = component[i];
      switch (kind[i]) {
        case CREATE -> world.create(changed);
        case DELETE -> world.delete(changed.handle);
        case ADD -> world.add(changed.handle, requirePart(part));
        case REMOVE -> world.remove(changed.handle, requirePart(part));
        default -> world.setState(changed.handle, (PulseStage) requirePart(part));
      }
    }
    if (kind.length > kept) {
      kind = new byte[16];
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

  private void record(byte what, Pulse of, @Nullable Object part) {
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
