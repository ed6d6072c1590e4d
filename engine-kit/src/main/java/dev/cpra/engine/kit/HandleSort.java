package dev.cpra.engine.kit;

/// Sorts handles ascending without allocating in the steady state: insertion sort for a few, else a
/// natural merge sort. What is due in one tick was mostly scheduled ascending, a run for each
/// interval, so that few runs are there to be merged; O(n log n) whatever the order.
///
/// Not thread-safe: it keeps its scratch memory.
public final class HandleSort {
  private static final int FEW = 48;

  private int[] scratch = new int[0];

  /// Sorts `handles[from .. to - 1]`.
  public void sort(int[] handles, int from, int to) {
    if (to - from <= FEW) {
      insertionSort(handles, from, to);
    } else if (endOfRun(handles, from, to) < to) {
      mergeSort(handles, from, to);
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

  private void mergeSort(int[] handles, int from, int to) {
    int length = to - from;
    if (scratch.length < length) {
      scratch = new int[Math.max(Math.max(length, 1024), 2 * scratch.length)];
    }
    boolean sorted = mergePairs(handles, from, to, scratch, 0);
    boolean inScratch = true;
    while (!sorted) {
      sorted =
          inScratch
              ? mergePairs(scratch, 0, length, handles, from)
              : mergePairs(handles, from, to, scratch, 0);
      inScratch = !inScratch;
    }
    if (inScratch) {
      System.arraycopy(scratch, 0, handles, from, length);
    }
  }

  /// Merges the first run with the second, the third with the fourth and so on.
  ///
  /// @return whether one run is left
  private static boolean mergePairs(int[] source, int from, int to, int[] target, int targetFrom) {
    int left = from;
    int at = targetFrom;
    boolean one = true;
    while (left < to) {
      int middle = endOfRun(source, left, to);
      int end = middle < to ? endOfRun(source, middle, to) : to;
      one &= left == from && end == to;
      merge(source, left, middle, end, target, at);
      at += end - left;
      left = end;
    }
    return one;
  }

  private static void merge(int[] source, int from, int middle, int end, int[] target, int at) {
    int left = from;
    int right = middle;
    while (left < middle && right < end) {
      int a = source[left];
      int b = source[right];
      if (a <= b) {
        target[at++] = a;
        left++;
      } else {
        target[at++] = b;
        right++;
      }
    }
    System.arraycopy(source, left, target, at, middle - left);
    System.arraycopy(source, right, target, at + middle - left, end - right);
  }

  /// The end of the longest ascending run that starts at `from`, which is before `to`.
  private static int endOfRun(int[] handles, int from, int to) {
    int end = from + 1;
    while (end < to && handles[end - 1] <= handles[end]) {
      end++;
    }
    return end;
  }
}
