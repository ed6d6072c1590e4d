package dev.cpra.probes.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.manifest.policy.Safety.BreakerRules;
import dev.cpra.probes.guard.Breaker.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final BreakerRules RULES = new BreakerRules(0.5, 3, 100, 0.25, 50);

  private static Breaker watching(int targets) {
    Breaker breaker = new Breaker(RULES, targets);
    for (int i = 0; i < targets; i++) {
      assertThat(breaker.observe(i, false, 0)).isEqualTo(Change.NONE);
    }
    return breaker;
  }

  @Test
  void opensWhenHalfBeginToFailWithinTheWindow() {
    Breaker breaker = watching(10);
    for (int i = 0; i < 4; i++) {
      assertThat(breaker.observe(i, true, 10 + i)).isEqualTo(Change.NONE);
    }
    assertThat(breaker.observe(4, true, 20)).isEqualTo(Change.OPENED);
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void staysClosedWhenTheyFailOneAfterTheOther() { // kills a breaker without a window
    Breaker breaker = watching(10);
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.observe(i, true, 1_000 + 40L * i)).isEqualTo(Change.NONE);
    }
  }

  @Test
  void aSmallFleetIsStillRepaired() { // kills a breaker without a least number
    Breaker breaker = watching(2);
    assertThat(breaker.observe(0, true, 1)).isEqualTo(Change.NONE);
    assertThat(breaker.observe(1, true, 2)).isEqualTo(Change.NONE);
  }

  @Test
  void oneThatFailsAgainAndAgainCountsOnce() {
    Breaker breaker = watching(6);
    for (int i = 0; i < 20; i++) {
      assertThat(breaker.observe(0, true, i)).isEqualTo(Change.NONE);
    }
    assertThat(breaker.failing()).isEqualTo(1);
  }

  @Test
  void closesOnlyBelowTheLowerShareAndOnlyAfterTheHold() { // kills one without hysteresis
    Breaker breaker = watching(8);
    for (int i = 0; i < 4; i++) {
      var _ = breaker.observe(i, true, 10);
    }
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.observe(0, false, 20)).isEqualTo(Change.NONE);
    assertThat(breaker.tick(1_000)).isEqualTo(Change.NONE); // 3 of 8 is above a quarter
    assertThat(breaker.observe(1, false, 1_010)).isEqualTo(Change.NONE);
    assertThat(breaker.tick(1_059)).isEqualTo(Change.NONE);
    assertThat(breaker.observe(0, true, 1_059)).isEqualTo(Change.NONE); // the hold begins anew
    assertThat(breaker.observe(0, false, 1_070)).isEqualTo(Change.NONE);
    assertThat(breaker.tick(1_119)).isEqualTo(Change.NONE);
    assertThat(breaker.tick(1_120)).isEqualTo(Change.CLOSED);
    assertThat(breaker.tick(1_121)).isEqualTo(Change.NONE);
  }

  @Test
  void handlesAreBounded() {
    assertThatThrownBy(() -> new Breaker(RULES, 3).observe(3, true, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("0 to 2");
  }

  @Test
  void agreesWithANaiveModel() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int targets = random.nextInt(1, 30);
      double share = random.nextDouble(0.05, 1);
      BreakerRules rules =
          new BreakerRules(
              share,
              random.nextInt(1, 8),
              random.nextLong(1, 200),
              random.nextDouble(0, share),
              random.nextLong(0, 100));
      Breaker breaker = new Breaker(rules, targets);
      Naive naive = new Naive(rules);
      long now = 0;
      for (int i = 0; i < 500; i++) {
        now += random.nextInt(4) == 0 ? random.nextLong(150) : random.nextLong(4);
        int target = random.nextInt(targets);
        int what = random.nextInt(10);
        if (what == 0) {
          var _ = breaker.forget(target, now);
          naive.pass(now);
          naive.since.remove(target);
          naive.judge(now);
        } else {
          boolean failing = random.nextInt(100) < (i / 100 % 2 == 0 ? 70 : 15);
          var _ = breaker.observe(target, failing, now);
          naive.observe(target, failing, now);
        }
        assertThat(breaker.isOpen()).as("seed %d, step %d", seed, i).isEqualTo(naive.open);
        assertThat(breaker.failing()).as("seed %d, step %d", seed, i).isEqualTo(naive.fresh());
        assertThat(breaker.watched()).isEqualTo(naive.since.size());
      }
    }
  }

  /// The rules once more, by looking at every target every time.
  private static final class Naive {
    private static final long WELL = Long.MAX_VALUE;
    private static final long OLD = Long.MIN_VALUE;

    final BreakerRules rules;
    final Map<Integer, Long> since = new HashMap<>();
    boolean open;
    long lowSince = WELL;

    Naive(BreakerRules rules) {
      this.rules = rules;
    }

    int fresh() {
      return (int) since.values().stream().filter(t -> t != WELL && t != OLD).count();
    }

    void observe(int target, boolean failing, long now) {
      since.putIfAbsent(target, WELL);
      pass(now);
      long began = since.get(target);
      since.put(target, !failing ? WELL : began == WELL ? now : began);
      judge(now);
    }

    void pass(long now) {
      if (!open) {
        since.replaceAll(
            (_, t) -> t != WELL && t != OLD && now - t >= rules.windowNanos() ? OLD : t);
      }
      judge(now);
    }

    void judge(long now) {
      int fresh = fresh();
      if (!open) {
        open = fresh >= rules.least() && fresh >= rules.share() * since.size();
        lowSince = WELL;
      } else if (fresh > rules.closeShare() * since.size()) {
        lowSince = WELL;
      } else {
        lowSince = lowSince == WELL ? now : lowSince;
        if (now - lowSince >= rules.holdNanos()) {
          open = false;
          since.replaceAll((_, t) -> t == WELL ? WELL : OLD);
        }
      }
    }
  }

  @Test
  void otherRulesLeaveItOpenUntilItMayCloseByThem() { // kills a breaker that is made anew
    Breaker breaker = watching(8);
    for (int i = 0; i < 4; i++) {
      var _ = breaker.observe(i, true, 10);
    }
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.rules(new BreakerRules(0.9, 7, 10, 0.5, 20), 200)).isEqualTo(Change.NONE);
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.tick(219)).isEqualTo(Change.NONE);
    assertThat(breaker.tick(220)).isEqualTo(Change.CLOSED);
  }

  /// Kills rules that forget since when targets fail, or who fails at all.
  @Test
  void otherRulesCountWhoBeganWithinTheirWindow() {
    Breaker breaker = watching(8);
    var _ = breaker.observe(2, true, 10);
    var _ = breaker.observe(1, true, 60);
    var _ = breaker.observe(0, true, 150);
    assertThat(breaker.failing()).as("the window is 100").isEqualTo(2);
    assertThat(breaker.rules(new BreakerRules(0.5, 3, 145, 0.25, 50), 160)).isEqualTo(Change.NONE);
    assertThat(breaker.failing()).isEqualTo(2);
    assertThat(breaker.rules(new BreakerRules(0.25, 3, 200, 0.1, 50), 170))
        .isEqualTo(Change.OPENED);
    assertThat(breaker.failing()).isEqualTo(3);
    Breaker narrow = watching(8);
    var _ = narrow.observe(0, true, 10);
    var _ = narrow.observe(1, true, 40);
    assertThat(narrow.rules(new BreakerRules(0.5, 3, 30, 0.25, 50), 45)).isEqualTo(Change.NONE);
    assertThat(narrow.failing()).isEqualTo(1);
    var _ = narrow.tick(70);
    assertThat(narrow.failing()).isZero();
  }

  /// One breaker hears of targets that change their handles now and then, the other of the same
  /// ones that do not.
  @Test
  void aTargetThatMovesIsKnownAsItWas() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Breaker moving = new Breaker(RULES, 64);
      Breaker staying = new Breaker(RULES, 64);
      int[] handle = new int[12];
      int next = 12;
      for (int i = 0; i < handle.length; i++) {
        handle[i] = i;
        var _ = moving.observe(i, false, 0);
        var _ = staying.observe(i, false, 0);
      }
      long now = 1;
      for (int step = 0; step < 300; step++) {
        now += random.nextLong(20);
        int target = random.nextInt(handle.length);
        if (random.nextInt(4) == 0) {
          if (random.nextBoolean()) {
            assertThat(moving.forget(next, now)).isEqualTo(staying.tick(now));
          }
          moving.move(handle[target], next);
          int left = handle[target];
          handle[target] = next;
          next = left;
        }
        boolean failing = random.nextInt(3) > 0;
        assertThat(moving.observe(handle[target], failing, now))
            .as("seed %d, step %d", seed, step)
            .isEqualTo(staying.observe(target, failing, now));
        assertThat(moving.failing()).isEqualTo(staying.failing());
        assertThat(moving.watched()).isEqualTo(staying.watched());
        assertThat(moving.isOpen()).isEqualTo(staying.isOpen());
      }
    }
  }

  @Test
  void aMoveOverAWatchedTargetEndsThatOne() {
    Breaker breaker = watching(6);
    var _ = breaker.observe(0, true, 1);
    var _ = breaker.observe(1, true, 2);
    breaker.move(0, 1);
    assertThat(breaker.watched()).isEqualTo(5);
    assertThat(breaker.failing()).isEqualTo(1);
    var _ = breaker.observe(1, false, 3);
    assertThat(breaker.failing()).isZero();
  }
}
