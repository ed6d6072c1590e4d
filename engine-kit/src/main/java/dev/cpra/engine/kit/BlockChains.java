package dev.cpra.engine.kit;

import java.util.Arrays;

/// Very many append-only lists of `long`, each a chain of blocks out of one shared pool, so that
/// appending is a streaming write and emptied lists give their memory to the others.
///
/// Blocks come back in any order, and each begins with a cache miss: they are long enough for that
/// to be rare, and a list that is not empty wastes half of one on average.
///
/// Not thread-safe. Memory grows in pages of [#PAGE_LONGS] and is not given back.
final class BlockChains {
  /// Longs in a block; the last one links to the next block.
  static final int BLOCK = 512;

  /// Entries in a block.
  static final int ENTRIES = BLOCK - 1;

  private static final int BLOCKS_PER_PAGE_SHIFT = 5;
  static final int BLOCKS_PER_PAGE = 1 << BLOCKS_PER_PAGE_SHIFT;
  private static final int PAGE_LONGS = BLOCK * BLOCKS_PER_PAGE;
  private static final int NONE = -1;

  private final int[] head;
  private final int[] tail;
  private final int[] size;
  private long[][] pages = new long[0][];
  private int freeBlock = NONE;

  BlockChains(int chains) {
    head = new int[chains];
    tail = new int[chains];
    size = new int[chains];
    Arrays.fill(head, NONE);
  }

  int size(int chain) {
    return size[chain];
  }

  void append(int chain, long entry) {
    int count = size[chain];
    int fill = count % ENTRIES;
    int block;
    if (fill == 0) {
      block = takeBlock();
      if (count == 0) {
        head[chain] = block;
      } else {
        link(tail[chain], block);
      }
      tail[chain] = block;
    } else {
      block = tail[chain];
    }
    pages[block >> BLOCKS_PER_PAGE_SHIFT][offset(block) + fill] = entry;
    size[chain] = count + 1;
  }

  /// Copies all entries in order to `into` from index `at`, which must have room, and empties the
  /// chain.
  void drain(int chain, long[] into, int at) {
    int left = size[chain];
    int block = head[chain];
    while (left > 0) {
      long[] page = pages[block >> BLOCKS_PER_PAGE_SHIFT];
      int from = offset(block);
      int count = Math.min(left, ENTRIES);
      System.arraycopy(page, from, into, at, count);
      at += count;
      left -= count;
      int next = (int) page[from + ENTRIES];
      page[from + ENTRIES] = freeBlock;
      freeBlock = block;
      block = next;
    }
    size[chain] = 0;
    head[chain] = NONE;
  }

  private void link(int block, int next) {
    pages[block >> BLOCKS_PER_PAGE_SHIFT][offset(block) + ENTRIES] = next;
  }

  private int takeBlock() {
    if (freeBlock == NONE) {
      addPage();
    }
    int block = freeBlock;
    freeBlock = (int) pages[block >> BLOCKS_PER_PAGE_SHIFT][offset(block) + ENTRIES];
    return block;
  }

  private void addPage() {
    int page = pages.length;
    pages = Arrays.copyOf(pages, page + 1);
    pages[page] = new long[PAGE_LONGS];
    int first = page << BLOCKS_PER_PAGE_SHIFT;
    for (int i = BLOCKS_PER_PAGE - 1; i >= 0; i--) {
      link(first + i, freeBlock);
      freeBlock = first + i;
    }
  }

  private static int offset(int block) {
    return (block & (BLOCKS_PER_PAGE - 1)) * BLOCK;
  }
}
