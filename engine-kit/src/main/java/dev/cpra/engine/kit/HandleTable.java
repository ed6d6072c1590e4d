package dev.cpra.engine.kit;

import dev.cpra.engine.LimitReachedException;
import java.util.Arrays;

/// Hands out monitor handles from 0 and takes them back; the one freed last is handed out first.
///
/// Not thread-safe. A removal is two steps, as an engine's is: [#retire] makes the handle unknown
/// to callers, [#free] lets it be handed out again.
public final class HandleTable {
  private final int max;
  private long[] used = new long[1];
  private int[] free = new int[0];
  private int freeCount;
  private int next;
  private int usedCount;

  /// No handles yet.
  public HandleTable(int max) {
    this.max = max;
  }

  /// A handle.
  ///
  /// @throws LimitReachedException if all are in use
  public int allocate() {
    int handle;
    if (freeCount > 0) {
      handle = free[--freeCount];
    } else if (next < max) {
      handle = next++;
    } else {
      throw new LimitReachedException("max monitors", max);
    }
    int word = handle >>> 6;
    if (word >= used.length) {
      used = Arrays.copyOf(used, Math.min(2 * used.length, (max >>> 6) + 1));
    }
    used[word] |= 1L << handle;
    usedCount++;
    return handle;
  }

  /// Whether a handle is in use.
  public boolean isUsed(int handle) {
    return handle >= 0 && handle < next && (used[handle >>> 6] >>> handle & 1) != 0;
  }

  /// Refuses a handle that is not in use.
  public void require(int handle) {
    if (!isUsed(handle)) {
      throw new IllegalArgumentException(
          "monitor: expected a handle in use, found " + handle + " (" + usedCount + " in use)");
    }
  }

  /// The handle is no longer in use, and not yet free.
  public void retire(int handle) {
    used[handle >>> 6] &= ~(1L << handle);
    usedCount--;
  }

  /// A retired handle may be handed out again.
  public void free(int handle) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(16, 2 * free.length));
    }
    free[freeCount++] = handle;
  }

  /// One more than the highest handle ever handed out.
  public int end() {
    return next;
  }

  /// How many are in use.
  public int usedCount() {
    return usedCount;
  }
}
