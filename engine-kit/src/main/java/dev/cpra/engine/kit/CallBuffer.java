package dev.cpra.engine.kit;

import dev.cpra.engine.Ledger;
import dev.cpra.engine.LimitReachedException;
import java.util.Arrays;

/// Calls on an engine between two ticks, kept in order until the next tick carries them out.
///
/// Not thread-safe. Columns; grows by doubling up to its limit.
public final class CallBuffer {
  /// The monitor gets other rules; the argument is their id.
  public static final byte UPDATE = 0;

  /// The monitor is removed.
  public static final byte REMOVE = 1;

  /// The monitor is paused.
  public static final byte PAUSE = 2;

  /// The monitor is resumed.
  public static final byte RESUME = 3;

  /// The monitor is to run now; the argument is the time of the call.
  public static final byte RUN_NOW = 4;

  private final int max;
  private final Ledger ledger;
  private byte[] kind = new byte[16];
  private int[] monitor = new int[16];
  private long[] argument = new long[16];
  private int size;

  /// No calls yet.
  ///
  /// @param ledger counts the calls that are refused
  public CallBuffer(int max, Ledger ledger) {
    this.max = max;
    this.ledger = ledger;
  }

  /// Appends a call.
  ///
  /// @throws LimitReachedException if there are too many already
  public void add(byte kindOf, int monitorOf, long argumentOf) {
    require();
    if (size == kind.length) {
      kind = Arrays.copyOf(kind, 2 * size);
      monitor = Arrays.copyOf(monitor, 2 * size);
      argument = Arrays.copyOf(argument, 2 * size);
    }
    kind[size] = kindOf;
    monitor[size] = monitorOf;
    argument[size++] = argumentOf;
  }

  /// Refuses one more call if there is no room, and counts that.
  ///
  /// @throws LimitReachedException if there are too many already
  public void require() {
    if (size == max) {
      ledger.limitsReached++;
      throw new LimitReachedException("max calls between two ticks", max);
    }
  }

  /// How many calls wait.
  public int size() {
    return size;
  }

  /// Which call the i-th is.
  public byte kind(int i) {
    return kind[i];
  }

  /// The i-th call's monitor.
  public int monitor(int i) {
    return monitor[i];
  }

  /// The i-th call's argument.
  public long argument(int i) {
    return argument[i];
  }

  /// Forgets all calls.
  public void clear() {
    size = 0;
  }
}
