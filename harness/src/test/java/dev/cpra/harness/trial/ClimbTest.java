package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cpra.harness.result.PhaseResult;
import dev.cpra.manifest.load.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// On an engine that keeps all up to a capacity, in virtual time.
final class ClimbTest {
  private static final long SECOND = 1_000_000_000;
  private static final double BASE = 1_000;

  @Test
  void findsTheHighestRateAndMeasuresThere() throws InterruptedException {
    FakeOffer offer = new FakeOffer(37_000, 0);
    Climb climb = new Climb(offer);
    climb.run(phase(120));

    assertThat(climb.highestKept()).isBetween(37_000 / RateSearch.PRECISION, 37_000.0 * 1.002);
    assertThat(offer.measured).hasSize(1);
    assertThat(offer.measured.getFirst() * BASE).isCloseTo(climb.highestKept(), within(1.0));
    List<PhaseResult> results = climb.results();
    assertThat(results.getLast().measured()).isTrue();
    assertThat(results.getLast().name()).isEqualTo("climb");
    assertThat(results).filteredOn(PhaseResult::measured).hasSize(1);
    assertThat(results.getFirst().name()).isEqualTo("1000/s kept");
    assertThat(results).extracting(PhaseResult::name).anyMatch(name -> name.contains("missed"));
  }

  @Test
  void thePhasesLengthBoundsTheSearchWhateverAChangeCosts() throws InterruptedException {
    FakeOffer offer = new FakeOffer(1e9, 7 * SECOND);
    Climb climb = new Climb(offer);
    climb.run(phase(60));

    // One step and the measured stretch may have begun before the end.
    assertThat(offer.elapsed).isBetween(40 * SECOND, 60 * SECOND + 2 * (7 + 5) * SECOND);
    assertThat(climb.highestKept()).isGreaterThan(BASE);
    assertThat(offer.measured).hasSize(1);
  }

  @Test
  void anEngineThatKeepsNothingHasNoRateAndIsMeasuredAllTheSame() throws InterruptedException {
    FakeOffer offer = new FakeOffer(0, 0);
    Climb climb = new Climb(offer);
    climb.run(phase(30));

    assertThat(climb.highestKept()).isZero();
    assertThat(offer.measured).hasSize(1);
  }

  private static Phase phase(long seconds) {
    return new Phase("climb", seconds * SECOND, true, 1, false);
  }

  private static final class FakeOffer implements Offer {
    private final double capacity;
    private final long changeNanos;
    private final List<Double> measured = new ArrayList<>();
    private long elapsed;
    private double rate;

    FakeOffer(double capacity, long changeNanos) {
      this.capacity = capacity;
      this.changeNanos = changeNanos;
    }

    @Override
    public void change(double to, long settleNanos) {
      rate = to;
      elapsed += changeNanos + settleNanos;
    }

    @Override
    public Held hold(long nanos, boolean isMeasured) {
      elapsed += nanos;
      if (isMeasured) {
        measured.add(rate);
      }
      double offered = rate * BASE;
      double seconds = nanos / 1e9;
      long due = Math.round(offered * seconds);
      long missed = offered <= capacity ? 0 : Math.round((offered - capacity) * seconds);
      return new Held(offered, seconds, due, due - missed, missed, 0, 100.0);
    }

    @Override
    public long elapsedNanos() {
      return elapsed;
    }
  }
}
