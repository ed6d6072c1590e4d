package dev.cpra.harness.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cpra.harness.work.TrialClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairedPiecesTest {
  private static final long MS = 1_000_000;

  @Test
  void aStallIsTheTimeDuringWhichSomethingWaitedTooLong() {
    StallMeter meter = new StallMeter(MS);
    meter.dispatched(0, MS); // as late as tolerated
    assertThat(meter.take()).isZero();

    meter.dispatched(2 * MS, 6 * MS); // waited too long from 3 to 6
    meter.dispatched(4 * MS, 6 * MS); // so did this one, at the same time
    assertThat(meter.take()).isEqualTo(3 * MS);

    meter.dispatched(3 * MS, 7 * MS); // from 4, of which the time to 6 was counted before
    meter.dispatched(20 * MS, 22 * MS);
    assertThat(meter.take()).isEqualTo(2 * MS);
    assertThat(meter.take()).isZero();
  }

  @Test
  void theClockStandsStillBetweenSlices() {
    AtomicLong machine = new AtomicLong(500);
    SliceClock clock = new SliceClock(machine::get);
    assertThat(clock.getAsLong()).isEqualTo(TrialClock.START_NANOS);

    machine.addAndGet(1_000);
    assertThat(clock.getAsLong()).isEqualTo(TrialClock.START_NANOS);
    clock.resume();
    machine.addAndGet(70);
    assertThat(clock.getAsLong()).isEqualTo(TrialClock.START_NANOS + 70);
    assertThat(clock.pause()).isEqualTo(TrialClock.START_NANOS + 70);
    machine.addAndGet(5_000);
    clock.resume();
    machine.addAndGet(5);
    assertThat(clock.getAsLong()).isEqualTo(TrialClock.START_NANOS + 75);
  }

  @Test
  void theFloorIsWhatATenthLiesBelow() {
    assertThat(Floor.of(new double[] {3, 1, 2, 5, 4, 7, 6, 9, 8, 90}, 0.1)).isEqualTo(2);
    assertThat(Floor.of(new double[] {7}, 0.25)).isEqualTo(7);
    assertThat(Floor.of(new double[0], 0.1)).isNaN();
  }

  @Test
  void theTrimmedMeanLeavesOutAFifthAtEachEnd() {
    assertThat(TrimmedMean.of(new double[] {1, 2, 3, 4, 1_000})).isEqualTo(3);
    assertThat(TrimmedMean.of(new double[] {-50, 1, 2, 3, 60})).isCloseTo(2, within(1e-12));
    assertThat(TrimmedMean.of(new double[] {7})).isEqualTo(7);
    assertThat(TrimmedMean.of(new double[0])).isNaN();
  }

  @Test
  void aPathWithoutABuildIsRefusedWithWhatIsExpected(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Build.of(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a checkout that was built");
    Path text = Files.writeString(folder.resolve("a.txt"), "no jar");
    assertThatThrownBy(() -> Build.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a jar with an engine");
    assertThatThrownBy(() -> Build.of(folder.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
