package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.result.RateBracket;
import dev.cpra.manifest.load.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    // One step, the one before the measured stretch and that itself may have begun before the end.
    assertThat(offer.elapsed).isBetween(40 * SECOND, 60 * SECOND + 3 * (7 + 5) * SECOND);
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

  /// As `loads/ramp-1m.yaml` begins, with what the changes of rate of a million monitors take.
  @ParameterizedTest
  @ValueSource(longs = {20_500, 633_000, 2_900_000, 4_000_000})
  void aSearchIsDoneWithinThePhase(long capacity) throws InterruptedException {
    FakeOffer offer = new FakeOffer(capacity, 3 * SECOND / 2);
    Climb climb = new Climb(offer);
    climb.run(new Phase("climb", 90 * SECOND, true, 20, false));

    RateBracket bracket = Objects.requireNonNull(climb.bracket());
    assertThat(bracket.open()).isFalse();
    assertThat(bracket.keptPerSecond()).isBetween(capacity / RateSearch.PRECISION, 1.0 * capacity);
    assertThat(bracket.brokenPerSecond()).isBetween(1.0 * capacity, capacity * 1.05);
    assertThat(offer.elapsed).isLessThanOrEqualTo(90 * SECOND);
    assertThat(climb.measuredKept()).isTrue();
  }

  @Test
  void aPhaseTooShortLeavesTheSearchOpen() throws InterruptedException {
    FakeOffer broken = new FakeOffer(2_900_000, 5 * SECOND);
    Climb climb = new Climb(broken);
    climb.run(new Phase("climb", 90 * SECOND, true, 20, false));
    RateBracket late = Objects.requireNonNull(climb.bracket());
    assertThat(late.open()).isTrue();
    assertThat(late.keptPerSecond()).isCloseTo(2_560_000, within(1.0));
    assertThat(late.brokenPerSecond()).isCloseTo(5_120_000, within(1.0));

    Climb early = new Climb(new FakeOffer(2_900_000, 4 * SECOND));
    early.run(new Phase("climb", 30 * SECOND, true, 20, false));
    RateBracket bracket = Objects.requireNonNull(early.bracket());
    assertThat(bracket.open()).isTrue();
    assertThat(bracket.brokenPerSecond()).isNull();
  }

  @Test
  void anEngineRecoversBeforeItIsMeasured() throws InterruptedException {
    FakeOffer offer = new FakeOffer(1e9, 7 * SECOND);
    offer.behindFrom = 64 * SECOND; // when the phase has run out
    offer.behindUntil = 85 * SECOND;
    Climb climb = new Climb(offer);
    climb.run(phase(60));

    assertThat(climb.results()).filteredOn(it -> it.name().contains("only ")).hasSize(2);
    assertThat(climb.measuredKept()).isTrue();
    assertThat(climb.results().getLast().name()).isEqualTo("climb");
  }

  @Test
  void aMeasuredStretchThatIsNotKeptSaysSo() throws InterruptedException {
    FakeOffer offer = new FakeOffer(37_000, 0);
    offer.behindWhenMeasured = true;
    Climb climb = new Climb(offer);
    climb.run(phase(120));

    assertThat(climb.measuredKept()).isFalse();
    assertThat(climb.results().getLast().name()).startsWith("climb: only ");
    assertThat(climb.highestKept()).isGreaterThan(37_000 / RateSearch.PRECISION);
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

    /// What ends from here on has come round to half of its slots.
    private long behindFrom = Long.MAX_VALUE;

    private long behindUntil = Long.MAX_VALUE;
    private boolean behindWhenMeasured;

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
      boolean behind = elapsed >= behindFrom && elapsed < behindUntil;
      if (behind || (isMeasured && behindWhenMeasured)) {
        due /= 2;
      }
      return new Held(offered, seconds, due, due - missed, missed, 0, 100.0);
    }

    @Override
    public long elapsedNanos() {
      return elapsed;
    }
  }
}
