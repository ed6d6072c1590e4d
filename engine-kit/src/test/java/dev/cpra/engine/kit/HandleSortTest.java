package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HandleSortTest {
  private final HandleSort sort = new HandleSort();

  private void check(int[] handles, int from, int to, String name) {
    int[] expected = handles.clone();
    Arrays.sort(expected, from, to);
    sort.sort(handles, from, to);
    assertThat(handles).as(name).isEqualTo(expected);
  }

  @Test
  void sortsEverySizeAndWidthAndLeavesTheRestAlone() {
    SplittableRandom random = new SplittableRandom(1);
    int[] sizes = {0, 1, 2, 3, 47, 48, 49, 50, 63, 64, 65, 255, 256, 257, 1_000, 20_000};
    for (int size : sizes) {
      for (int bits = 1; bits <= 31; bits++) {
        for (int from : new int[] {0, 1, 37}) {
          int[] handles = new int[from + size + 5];
          for (int i = 0; i < handles.length; i++) {
            handles[i] = random.nextInt() & (int) ((1L << bits) - 1);
          }
          check(handles, from, from + size, size + " of " + bits + " bits from " + from);
        }
      }
    }
  }

  @Test
  void sortsSparseBits() {
    SplittableRandom random = new SplittableRandom(2);
    for (int mask : new int[] {0x7F00_0000, 0x00FF_0000, 0x0000_FF00, 0x7F00_00FF, 0x4000_0000}) {
      int[] handles = random.ints(500).map(i -> i & mask).toArray();
      check(handles, 3, 490, Integer.toHexString(mask));
    }
  }

  @Test
  void sortsWhatIsSortedReversedEqualOrNearlySorted() {
    for (int size : new int[] {48, 49, 5_000}) {
      int[] ascending = new int[size];
      int[] descending = new int[size];
      int[] equal = new int[size];
      for (int i = 0; i < size; i++) {
        ascending[i] = i * 3;
        descending[i] = Integer.MAX_VALUE - i;
        equal[i] = 77;
      }
      int[] nearly = ascending.clone();
      nearly[size - 1] = 0;
      check(ascending, 0, size, "ascending");
      check(descending, 0, size, "descending");
      check(equal, 0, size, "equal");
      check(nearly, 0, size, "nearly");
    }
  }

  @Test
  void mergesAnyNumberOfRuns() {
    SplittableRandom random = new SplittableRandom(4);
    for (int runs = 1; runs <= 40; runs++) {
      int[] handles = random.ints(runs * 20L + 3, 0, 1_000).toArray();
      int[] ends = random.ints(runs - 1L, 0, handles.length).sorted().toArray();
      int from = 0;
      for (int end : ends) {
        Arrays.sort(handles, from, end);
        from = end;
      }
      Arrays.sort(handles, from, handles.length);
      check(handles, 0, handles.length, runs + " runs");
    }
  }

  @Test
  void allocatesNothingOnceItHasSeenTheSize() {
    int[] handles = new SplittableRandom(3).ints(10_000, 0, 1 << 20).toArray();
    int[] work = new int[handles.length];
    sortCopies(handles, work, 1);
    assertThat(Allocations.of(() -> sortCopies(handles, work, 100))).isZero();
  }

  private void sortCopies(int[] handles, int[] work, int rounds) {
    for (int round = 0; round < rounds; round++) {
      System.arraycopy(handles, 0, work, 0, handles.length);
      sort.sort(work, round, work.length);
    }
  }
}
