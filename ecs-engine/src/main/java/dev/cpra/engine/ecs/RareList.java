package dev.cpra.engine.ecs;

import java.util.Arrays;

/// All monitors with rare components, dense and in no order: what systems walk when a query of the
/// world came short.
final class RareList {
  private Rare[] rare = new Rare[16];
  private int size;

  int size() {
    return size;
  }

  Rare get(int i) {
    return rare[i];
  }

  void add(Rare added) {
    if (size == rare.length) {
      rare = Arrays.copyOf(rare, 2 * size);
    }
    added.position = size;
    rare[size++] = added;
  }

  @SuppressWarnings(
      "NullAway") // what lies beyond the size is never read, and must not be kept alive
  void remove(Rare removed) {
    Rare last = rare[--size];
    rare[size] = null;
    if (last != removed) {
      rare[removed.position] = last;
      last.position = removed.position;
    }
  }
}
