package dev.cpra.simulator.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LaneFaultsTest {
  private static Fault fault(FaultKind kind, double rate) {
    return new Fault(kind, 0, 1_000, null, rate, null, 0, 0, 0);
  }

  @Test
  void aFaultHitsTheShareOfJobsThatItsRateSaysAndTheSameOnesAgain() {
    LaneFaults faults = LaneFaults.of(List.of(fault(FaultKind.LOST, 0.2)), Lane.PULSE, 7);
    LaneFaults again = LaneFaults.of(List.of(fault(FaultKind.LOST, 0.2)), Lane.PULSE, 7);
    int hit = 0;
    for (int i = 0; i < 100_000; i++) {
      assertThat(faults.hits(0, i, 3)).isEqualTo(again.hits(0, i, 3));
      hit += faults.hits(0, i, 3) ? 1 : 0;
    }
    assertThat(hit / 100_000.0).isCloseTo(0.2, Offset.offset(0.01));
  }

  @Test
  void twoFaultsHitJobsIndependently() {
    LaneFaults faults =
        LaneFaults.of(
            List.of(fault(FaultKind.LOST, 0.5), fault(FaultKind.LATE, 0.5)), Lane.PULSE, 7);
    int both = 0;
    for (int i = 0; i < 10_000; i++) {
      both += faults.hits(0, i, 1) && faults.hits(1, i, 1) ? 1 : 0;
    }
    assertThat(both / 10_000.0).isCloseTo(0.25, Offset.offset(0.03));
  }

  @Test
  void workersCarryOutTheFaultsOfTheirLaneOnly() {
    Fault code = new Fault(FaultKind.LOST, 0, 1, Lane.CODE, 1, null, 0, 0, 0);
    Fault full = fault(FaultKind.QUEUE_FULL, 1);
    Fault stall = fault(FaultKind.ENGINE_STALL, 1);
    assertThat(LaneFaults.of(List.of(code, full, stall), Lane.PULSE, 1).size()).isZero();
    assertThat(LaneFaults.of(List.of(code, full, stall), Lane.CODE, 1).size()).isEqualTo(1);
  }
}
