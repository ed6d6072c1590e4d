package dev.cpra.engine.kit;

import java.util.Arrays;

/// Sorts handles ascending without allocating in the steady state: insertion sort for a few, else a
/// radix sort by bytes (least significant first) over as many bytes as the largest handle has.
///
/// Not thread-safe: it keeps its scratch memory.
public final class HandleSort {
  private static final int FEW = 48;

  private final int[] count = new int[257];
  private int[] scratch = new int[0];

  /// Sorts `handles[from .. to - 1]`; all must be at least 0.
  public void sort(int[] handles, int from, int to) {
    if (to - from <= FEW) {
      insertionSort(handles, from, to);
    } else {
      int all = bitsOfUnsorted(handles, from, to);
      if (all >= 0) {
        radixSort(handles, from, to, all);
      }
    }
  }

  private static void insertionSort(int[] handles, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int handle = handles[i];
      int j = i;
      while (j > from && handles[j - 1] > handle) {
        handles[j] = handles[j - 1];
        j--;
      }
      handles[j] = handle;
    }
  }

  /// All bits that occur, or -1 if the range is sorted already.
  private static int bitsOfUnsorted(int[] handles, int from, int to) {
    int all = 0;
    int before = -1;
    boolean sorted = true;
    for (int i = from; i < to; i++) {
      int handle = handles[i];
      all |= handle;
      sorted &= before <= handle;
      before = handle;
    }
    return sorted ? -1 : all;
  }

  private void radixSort(int[] handles, int from, int to, int bits) {
    int length = to - from;
    if (scratch.length < length) {
      scratch = new int[Math.max(Math.max(length, 1024), 2 * scratch.length)];
    }
    int[] source = handles;
    int at = from;
    int[] target = scratch;
    int targetAt = 0;
    boolean inScratch = false;
    for (int shift = 0; shift < 32 && bits >>> shift != 0; shift += 8) {
      Arrays.fill(count, 0);
      for (int i = at; i < at + length; i++) {
        count[(source[i] >>> shift & 0xFF) + 1]++;
      }
      for (int b = 0; b < 256; b++) {
        count[b + 1] += count[b];
      }
      for (int i = at; i < at + length; i++) {
        int handle = source[i];
        target[targetAt + count[handle >>> shift & 0xFF]++] = handle;
      }
      int[] other = source;
      source = target;
      target = other;
      int otherAt = at;
      at = targetAt;
      targetAt = otherAt;
      inScratch = !inScratch;
    }
    if (inScratch) {
      System.arraycopy(source, at, handles, from, length);
    }
  }
}
