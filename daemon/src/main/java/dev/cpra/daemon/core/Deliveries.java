package dev.cpra.daemon.core;

import dev.cpra.daemon.state.StateLog;
import dev.cpra.probes.Ceremony;
import dev.cpra.probes.CheckResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is done before every delivery: it waits until the state that raised the alert is on disk.
/// Otherwise a restart could forget an alert that somebody has received, and never take it back.
///
/// It does not wait for a disk that refuses, or longer than a bound: an alert is worth more than
/// its record. Thread-safe.
final class Deliveries implements Ceremony.Maker {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final Troubles troubles;
  private final StateLog log;

  Deliveries(Troubles troubles, StateLog log) {
    this.troubles = troubles;
    this.log = log;
  }

  @Override
  public Ceremony make(int monitor, int number, int detail) {
    Trouble trouble = troubles.get(monitor);
    return new Delivery(trouble == null ? 0 : trouble.raisedNanos(detail));
  }

  private final class Delivery implements Ceremony {
    private final long raisedNanos;

    Delivery(long raisedNanos) {
      this.raisedNanos = raisedNanos;
    }

    @Override
    public boolean isReady() {
      return log.durableNanos() >= raisedNanos;
    }

    @Override
    public @Nullable Refusal before() throws InterruptedException {
      var _ = log.awaitDurable(raisedNanos, BOUND);
      return null;
    }

    @Override
    public void after(@Nullable CheckResult result) {
      // The engine hears of it, and its state is written.
    }
  }
}
