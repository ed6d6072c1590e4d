package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ticks of ten nanoseconds.
final class PulseOrderTest {
  private final PulseOrder order = new PulseOrder(10);

  private List<Integer> offered() {
    List<Integer> monitors = new ArrayList<>();
    for (int monitor; (monitor = order.first()) >= 0; order.removeFirst()) {
      monitors.add(monitor);
    }
    return monitors;
  }

  @Test
  void whatWasCalledForCountsAsItsTickAndThenByHandle() {
    order.call(5, 20, 1);
    order.call(1, 20, 1);
    order.call(9, 15, 1);
    order.begin(1);
    order.settleBefore(2, 3);
    order.add(3, 20);
    assertThat(order.settle()).as("came after the slot").isEqualTo(2);

    assertThat(offered()).containsExactly(1, 3, 5, 9);
  }

  @Test
  void aCallForATickThatIsPastGoesBeforeWhatHasWaitedLess() {
    order.begin(0);
    order.add(7, 30);
    order.call(2, 10, 3);
    assertThat(order.begin(3)).isEqualTo(3);
    order.settle();

    assertThat(offered()).containsExactly(2, 7);
  }

  @Test
  void whatCountedAsALaterTickKeepsThatTickDone() {
    order.call(4, 90, 1);
    order.begin(1);
    order.settle();

    assertThat(order.begin(2)).isEqualTo(9);
  }

  @Test
  void aPulseIsGivenUpWhereverItIs() {
    order.add(1, 10);
    order.add(2, 10);
    order.call(3, 55, 1);
    assertThat(order.giveUp(3)).isEqualTo(55);
    assertThat(order.giveUp(1)).isEqualTo(10);
    assertThat(order.dueOf(2)).isEqualTo(10);
    order.settle();

    assertThat(offered()).containsExactly(2);
    assertThat(order.size()).isZero();
  }
}
