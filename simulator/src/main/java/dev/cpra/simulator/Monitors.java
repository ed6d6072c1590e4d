package dev.cpra.simulator;

import dev.cpra.engine.MonitorRules;
import java.util.Arrays;

/// The monitors of a world, by handle: who they are, and which rules they were given last. Columns
/// that grow.
final class Monitors {
  private static final int NONE = -1;

  private int[] identity = new int[16];
  private MonitorRules[] base = new MonitorRules[16];
  private MonitorRules[] rules = new MonitorRules[16];
  private int[] place = new int[16];
  private int[] live = new int[16];
  private int[] handleOf = new int[16];
  private int size;

  Monitors() {
    Arrays.fill(place, NONE);
    Arrays.fill(handleOf, NONE);
  }

  /// How many there are.
  int size() {
    return size;
  }

  /// The handle of the i-th, in no order that means anything.
  int handle(int i) {
    return live[i];
  }

  /// The handles in ascending order.
  int[] handles() {
    int[] sorted = Arrays.copyOf(live, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /// @param base the rules at the rate 1
  void add(int handle, int its, MonitorRules base, MonitorRules rules) {
    ensure(handle);
    if (its >= handleOf.length) {
      int old = handleOf.length;
      handleOf = Arrays.copyOf(handleOf, Math.max(its + 1, 2 * old));
      Arrays.fill(handleOf, old, handleOf.length, NONE);
    }
    if (size == live.length) {
      live = Arrays.copyOf(live, 2 * size);
    }
    identity[handle] = its;
    handleOf[its] = handle;
    this.base[handle] = base;
    this.rules[handle] = rules;
    place[handle] = size;
    live[size++] = handle;
  }

  private void ensure(int handle) {
    if (handle >= identity.length) {
      int old = identity.length;
      int length = Math.max(handle + 1, 2 * old);
      identity = Arrays.copyOf(identity, length);
      base = Arrays.copyOf(base, length);
      rules = Arrays.copyOf(rules, length);
      place = Arrays.copyOf(place, length);
      Arrays.fill(place, old, length, NONE);
    }
  }

  void remove(int handle) {
    int hole = place[handle];
    int last = live[--size];
    live[hole] = last;
    place[last] = hole;
    place[handle] = NONE;
    handleOf[identity[handle]] = NONE;
  }

  boolean isLive(int handle) {
    return handle < place.length && place[handle] != NONE;
  }

  /// What script and faults know the monitor by, also after its removal.
  int identity(int handle) {
    return identity[handle];
  }

  /// The handle of who is known by this, -1 if there is none.
  int handleOf(int its) {
    return its < handleOf.length ? handleOf[its] : NONE;
  }

  MonitorRules base(int handle) {
    return base[handle];
  }

  MonitorRules rules(int handle) {
    return rules[handle];
  }

  void rules(int handle, MonitorRules itsBase, MonitorRules its) {
    base[handle] = itsBase;
    rules[handle] = its;
  }
}
