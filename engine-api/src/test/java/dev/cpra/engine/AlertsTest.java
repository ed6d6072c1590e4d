package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final AlertRules RULES = new AlertRules(Code.ALL_MASK, 1, 2, 0);

  /// What an alert list is, without tricks.
  private static final class Model {
    final List<Integer> colours = new ArrayList<>();
    int failed;
    boolean inFlight;

    Model copy() {
      Model copy = new Model();
      copy.colours.addAll(colours);
      copy.failed = failed;
      copy.inFlight = inFlight;
      return copy;
    }

    void remove(int i) {
      colours.subList(i, i + 1).clear();
      if (i == 0) {
        failed = 0;
        inFlight = false;
      }
    }

    boolean abandonsFirst() {
      boolean spent = failed > RULES.retries();
      boolean inTheWay =
          !colours.isEmpty()
              && colours.getFirst() != Code.RED.ordinal()
              && colours.contains(Code.RED.ordinal());
      return !inFlight && failed > 0 && (spent || inTheWay);
    }
  }

  private static void assertSame(long alerts, Model model) {
    assertThat(Alerts.count(alerts)).isEqualTo(model.colours.size());
    for (int i = 0; i < model.colours.size(); i++) {
      assertThat(Alerts.colour(alerts, i)).isEqualTo(model.colours.get(i));
    }
    assertThat(Alerts.inFlight(alerts)).isEqualTo(model.inFlight);
    assertThat(Alerts.failed(alerts)).isEqualTo(model.failed);
    assertThat(Alerts.abandonsFirst(alerts, RULES)).isEqualTo(model.abandonsFirst());
    assertThat(Alerts.oldestNotInFlight(alerts)).isEqualTo(model.inFlight ? 1 : 0);
    assertThat(alerts == Alerts.NONE).isEqualTo(model.colours.isEmpty());
  }

  @Test
  void everyShortSequenceOfOperationsDoesWhatAListDoes() {
    explore(Alerts.NONE, new Model(), 6);
  }

  private void explore(long alerts, Model model, int left) {
    assertSame(alerts, model);
    if (left == 0) {
      return;
    }
    for (Code code : Code.values()) {
      Model next = model.copy();
      next.colours.add(code.ordinal());
      explore(Alerts.push(alerts, code.ordinal()), next, left - 1);
    }
    for (int i = 0; i < model.colours.size(); i++) {
      Model next = model.copy();
      next.remove(i);
      explore(Alerts.remove(alerts, i), next, left - 1);
    }
    if (!model.colours.isEmpty() && !model.inFlight) {
      Model next = model.copy();
      next.inFlight = true;
      explore(Alerts.dispatched(alerts), next, left - 1);
    }
    if (model.inFlight) {
      Model failed = model.copy();
      failed.inFlight = false;
      failed.failed++;
      explore(Alerts.deliveryFailed(alerts), failed, left - 1);
      Model restored = model.copy();
      restored.inFlight = false;
      explore(Alerts.restored(alerts), restored, left - 1);
    }
  }

  @Test
  void longSequencesFillTheListAndSpendTheRetries() {
    Random random = new Random(1);
    long alerts = Alerts.NONE;
    Model model = new Model();
    for (int i = 0; i < 100_000; i++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          if (model.colours.size() == Alerts.MAX) {
            int oldest = Alerts.oldestNotInFlight(alerts);
            alerts = Alerts.remove(alerts, oldest);
            model.remove(oldest);
          }
          int colour = random.nextInt(Code.COUNT);
          alerts = Alerts.push(alerts, colour);
          model.colours.add(colour);
        }
        case 2 -> {
          if (!model.colours.isEmpty()) {
            int at = random.nextInt(model.colours.size());
            alerts = Alerts.remove(alerts, at);
            model.remove(at);
          }
        }
        default -> {
          if (!model.colours.isEmpty() && model.failed <= AlertRules.RETRIES_MAX) {
            alerts = Alerts.deliveryFailed(Alerts.dispatched(alerts));
            model.failed++;
          }
        }
      }
      assertSame(alerts, model);
    }
  }

  @Test
  void aFirstAlertThatSpentTheMostRetriesIsAbandoned() {
    AlertRules most = new AlertRules(Code.ALL_MASK, 1, AlertRules.RETRIES_MAX, 0);
    long alerts = Alerts.push(Alerts.NONE, Code.RED.ordinal());
    for (int failed = 1; failed <= AlertRules.RETRIES_MAX + 1; failed++) {
      assertThat(Alerts.abandonsFirst(alerts, most)).isFalse();
      alerts = Alerts.deliveryFailed(Alerts.dispatched(alerts));
      assertThat(Alerts.failed(alerts)).isEqualTo(failed);
    }
    assertThat(Alerts.abandonsFirst(alerts, most)).isTrue();
  }

  @Test
  void backoffDoublesFromOneSecondToOneHour() {
    assertThat(AlertRules.backoffNanos(1)).isEqualTo(1_000_000_000L);
    assertThat(AlertRules.backoffNanos(2)).isEqualTo(2_000_000_000L);
    assertThat(AlertRules.backoffNanos(5)).isEqualTo(16_000_000_000L);
    assertThat(AlertRules.backoffNanos(12)).isEqualTo(2_048_000_000_000L);
    for (int failed = 13; failed <= AlertRules.RETRIES_MAX + 1; failed++) {
      assertThat(AlertRules.backoffNanos(failed)).isEqualTo(AlertRules.BACKOFF_MAX_NANOS);
    }
  }
}
