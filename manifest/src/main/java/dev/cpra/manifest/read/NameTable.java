package dev.cpra.manifest.read;

import org.jspecify.annotations.Nullable;

/// The names seen so far with the place of each: an open-addressing table, a third of a map's size.
public final class NameTable {
  /// Most files.
  public static final int FILES_MAX = 1_000;

  private static final int PLACE_BITS = 27;
  private static final int PLACE_MAX = (1 << PLACE_BITS) - 1;

  /// Where a name stands.
  ///
  /// @param file its number, below [#FILES_MAX]
  /// @param line from 1
  /// @param column from 1
  public record Place(int file, int line, int column) {}

  private @Nullable String[] names = new String[1024];
  private long[] places = new long[1024];
  private int size;

  /// Remembers a name unless it is known.
  ///
  /// @param line of one beyond 134 million the table keeps no more than that, as of columns
  /// @return null, or the place it was first seen at
  public @Nullable Place put(String name, int file, int line, int column) {
    if (size * 2 >= names.length) {
      grow();
    }
    int slot = slot(name);
    if (names[slot] != null) {
      long at = places[slot];
      return new Place(
          (int) (at >>> (2 * PLACE_BITS)),
          (int) (at >>> PLACE_BITS) & PLACE_MAX,
          (int) at & PLACE_MAX);
    }
    names[slot] = name;
    places[slot] =
        ((long) file << (2 * PLACE_BITS))
            | ((long) Math.min(line, PLACE_MAX) << PLACE_BITS)
            | Math.min(column, PLACE_MAX);
    size++;
    return null;
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
