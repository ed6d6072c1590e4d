package dev.cpra.manifest.read;

import org.jspecify.annotations.Nullable;

/// The names seen so far with the place of each: an open-addressing table, a third of a map's size.
public final class NameTable {
  private @Nullable String[] names = new String[1024];
  private long[] places = new long[1024];
  private int size;

  /// Remembers a name unless it is known.
  ///
  /// @return 0, or the place it was first seen at, line in the upper half and column in the lower
  public long put(String name, int line, int column) {
    if (size * 2 >= names.length) {
      grow();
    }
    int slot = slot(name);
    if (names[slot] != null) {
      return places[slot];
    }
    names[slot] = name;
    places[slot] = (long) line << 32 | column;
    size++;
    return 0;
  }

  private int slot(String name) {
    int mask = names.length - 1;
    int hash = name.hashCode() * 0x9E3779B9;
    int slot = (hash ^ hash >>> 15) & mask;
    while (true) {
      String there = names[slot];
      if (there == null || there.equals(name)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private void grow() {
    String[] oldNames = names;
    long[] oldPlaces = places;
    names = new String[oldNames.length * 2];
    places = new long[oldNames.length * 2];
    for (int i = 0; i < oldNames.length; i++) {
      String name = oldNames[i];
      if (name != null) {
        int slot = slot(name);
        names[slot] = name;
        places[slot] = oldPlaces[i];
      }
    }
  }
}
