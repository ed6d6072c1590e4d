package dev.cpra.daemon.core;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Finds the handle of a name: open addressing over handles, 8 bytes or less per name. The names
/// themselves stand in the table of monitors. Used by one thread.
final class NameIndex {
  private static final int SLOTS_LEAST = 1_024;

  private final IntFunction<@Nullable String> names;

  /// Handles plus one; 0 for a free slot.
  private int[] slots = new int[SLOTS_LEAST];

  private int size;

  /// @param names the name that stands at a handle; asked for handles in the index only
  NameIndex(IntFunction<@Nullable String> names) {
    this.names = names;
  }

  /// How many names there are.
  int size() {
    return size;
  }

  /// The handle of a name, or -1.
  int find(String name) {
    return slots[slot(name)] - 1;
  }

  /// From now on a name, which stands at this handle, has this handle.
  void put(String name, int handle) {
    int slot = slot(name);
    if (slots[slot] == 0) {
      if (2 * ++size > slots.length) {
        grow();
        slot = slot(name);
      }
    }
    slots[slot] = handle + 1;
  }

  /// Forgets a name if it has this handle, at which it still stands.
  void remove(String name, int handle) {
    int free = slot(name);
    if (slots[free] != handle + 1) {
      return;
    }
    size--;
    slots[free] = 0;
    // What was pushed on by the one that is gone moves up: a search ends at the first free slot.
    int mask = slots.length - 1;
    for (int at = (free + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
      int home = home(name(slots[at] - 1));
      if (((at - home) & mask) >= ((at - free) & mask)) {
        slots[free] = slots[at];
        slots[at] = 0;
        free = at;
      }
    }
  }

  private String name(int handle) {
    String name = names.apply(handle);
    if (name == null) {
      throw new IllegalStateException("handle " + handle + " has lost its name");
    }
    return name;
  }

  private int home(String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) & (slots.length - 1);
  }

  /// The slot of the name, or the free one where it would stand.
  private int slot(String name) {
    int slot = home(name);
    while (slots[slot] != 0 && !name(slots[slot] - 1).equals(name)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    int[] old = slots;
    slots = new int[2 * old.length];
    for (int entry : old) {
      if (entry != 0) {
        int slot = home(name(entry - 1));
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
      }
    }
  }
}
