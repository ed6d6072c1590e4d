package dev.cpra.probes.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.policy.Safety.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BudgetTest {
  @Test
  void neverMoreThanItsLimitInAnyWindowAndNeverLess() {
    // Kills a bucket that refills at once, one that lets both ends of a window count, and one that
    // refuses what is free: the list of all times is the naive model.
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Limit limit = new Limit(random.nextInt(1, 40), random.nextLong(1, 1_000));
      Budget budget = new Budget(limit);
      List<Long> taken = new ArrayList<>();
      long now = random.nextLong(-5_000, 5_000);
      for (int i = 0; i < 400; i++) {
        now += random.nextInt(3) == 0 ? random.nextLong(limit.perNanos()) : random.nextLong(3);
        long at = now;
        long inWindow = taken.stream().filter(t -> t > at - limit.perNanos()).count();
        assertThat(budget.left(now)).as("seed %d", seed).isEqualTo(limit.most() - (int) inWindow);
        boolean expected = inWindow < limit.most();
        assertThat(budget.waitNanos(now) == 0).isEqualTo(expected);
        assertThat(budget.take(now)).as("seed %d, step %d", seed, i).isEqualTo(expected);
        if (expected) {
          taken.add(now);
        }
      }
    }
  }

  @Test
  void afterTheWaitOneIsFreeAndNotBefore() {
    Budget budget = new Budget(new Limit(2, 100));
    assertThat(budget.take(10)).isTrue();
    assertThat(budget.take(40)).isTrue();
    long wait = budget.waitNanos(50);
    assertThat(wait).isEqualTo(60);
    assertThat(budget.left(50 + wait - 1)).isZero();
    assertThat(budget.left(50 + wait)).isEqualTo(1);
  }

  @Test
  void aClockThatGoesBackFreesNothing() {
    Budget budget = new Budget(new Limit(1, 100));
    assertThat(budget.take(1_000)).isTrue();
    assertThat(budget.take(0)).isFalse();
    assertThat(budget.take(1_099)).isFalse();
    assertThat(budget.take(1_100)).isTrue();
  }

  /// Kills one that gives another one back, or more than one, or what is over already.
  @Test
  void whatIsGivenBackWasNeverTaken() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Limit limit = new Limit(random.nextInt(1, 20), 1_000);
      Budget budget = new Budget(limit);
      Budget without = new Budget(limit);
      long now = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextLong(1, 150);
        if (budget.left(now) > 0 && random.nextInt(3) == 0) {
          long when = now;
          assertThat(budget.take(when)).isTrue();
          if (random.nextBoolean() && budget.left(now) > 0) {
            now += random.nextLong(1, 20);
            assertThat(budget.take(now)).isEqualTo(without.take(now));
          }
          budget.giveBack(when);
        } else {
          assertThat(budget.take(now)).isEqualTo(without.take(now));
        }
        assertThat(budget.left(now)).as("seed %d, step %d", seed, i).isEqualTo(without.left(now));
        assertThat(budget.waitNanos(now)).isEqualTo(without.waitNanos(now));
      }
    }
  }

  @Test
  void whatIsOverIsNotGivenBack() {
    Budget budget = new Budget(new Limit(1, 100));
    assertThat(budget.take(10)).isTrue();
    assertThat(budget.left(200)).isEqualTo(1);
    budget.giveBack(10);
    assertThat(budget.left(200)).isEqualTo(1);
    assertThat(budget.take(200)).isTrue();
    budget.giveBack(201);
    assertThat(budget.take(201)).isFalse();
  }
}
