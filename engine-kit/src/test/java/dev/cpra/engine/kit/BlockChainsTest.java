package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockChainsTest {
  private static final int BLOCK = BlockChains.ENTRIES;
  private static final int PAGE = BlockChains.BLOCKS_PER_PAGE * BLOCK;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        BLOCK - 1,
        BLOCK,
        BLOCK + 1,
        2 * BLOCK - 1,
        2 * BLOCK,
        2 * BLOCK + 1,
        PAGE - 1,
        PAGE,
        PAGE + 1,
        2 * PAGE,
        2 * PAGE + 1
      })
  void aChainKeepsItsOrderAtTheEndsOfBlocksAndPages(int count) {
    BlockChains chains = new BlockChains(3);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < count; i++) {
        chains.append(1, i - 7L * round);
      }
      chains.append(2, 99);
      assertThat(chains.size(1)).isEqualTo(count);
      long[] into = new long[count + 2];
      into[0] = -5;
      into[count + 1] = -6;
      chains.drain(1, into, 1);
      for (int i = 0; i < count; i++) {
        assertThat(into[i + 1]).isEqualTo(i - 7L * round);
      }
      assertThat(into[0]).isEqualTo(-5);
      assertThat(into[count + 1]).isEqualTo(-6);
      assertThat(chains.size(1)).isZero();
      assertThat(chains.size(2)).isEqualTo(round + 1);
    }
  }

  @Test
  void behavesAsAnArrayOfLists() {
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      BlockChains chains = new BlockChains(20);
      List<List<Long>> model = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        model.add(new ArrayList<>());
      }
      for (int step = 0; step < 600; step++) {
        int chain = random.nextInt(20);
        if (random.nextInt(3) == 0) {
          long[] into = new long[chains.size(chain)];
          chains.drain(chain, into, 0);
          assertThat(into)
              .as("seed %d", seed)
              .isEqualTo(model.get(chain).stream().mapToLong(Long::longValue).toArray());
          model.get(chain).clear();
        } else {
          int count = random.nextInt(1 << random.nextInt(12));
          for (int i = 0; i < count; i++) {
            long entry = random.nextLong();
            chains.append(chain, entry);
            model.get(chain).add(entry);
          }
        }
        assertThat(chains.size(chain)).as("seed %d", seed).isEqualTo(model.get(chain).size());
      }
    }
  }

  @Test
  void emptiedChainsGiveTheirMemoryToTheOthers() {
    BlockChains chains = new BlockChains(64);
    long[] into = new long[PAGE];
    fillAndDrain(chains, into, 1);
    assertThat(Allocations.of(() -> fillAndDrain(chains, into, 200))).isZero();
  }

  private static void fillAndDrain(BlockChains chains, long[] into, int rounds) {
    for (int round = 0; round < rounds; round++) {
      int chain = round & 63;
      for (int i = 0; i < PAGE; i++) {
        chains.append(chain, i);
      }
      chains.drain(chain, into, 0);
    }
  }
}
