package dev.cpra.simulator.oracle;

import java.util.Arrays;

/// The outcomes of one lane that the next tick applies, in the order given.
final class GivenOutcomes {
  int[] monitor = new int[64];
  int[] number = new int[64];
  byte[] outcome = new byte[64];
  int size;

  void add(int whose, int ofNumber, byte what) {
    if (size == monitor.length) {
      monitor = Arrays.copyOf(monitor, 2 * size);
      number = Arrays.copyOf(number, 2 * size);
      outcome = Arrays.copyOf(outcome, 2 * size);
    }
    monitor[size] = whose;
    number[size] = ofNumber;
    outcome[size++] = what;
  }
}
