package dev.cpra.daemon.core;

import dev.cpra.daemon.state.StateLog;
import dev.cpra.engine.Lane;
import dev.cpra.probes.Ceremony;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is done before every delivery: it waits until the state that raised the alert is on disk.
/// Otherwise a restart could forget an alert that somebody has received, and never take it back.
///
/// It does not wait for a disk that refuses, or longer than a bound: an alert is worth more than
/// its record. Thread-safe.
final class Deliveries implements Ceremony.Maker {
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final MonitorTable table;
  private final Troubles troubles;
  private final StateLog log;

  Deliveries(MonitorTable table, Troubles troubles, StateLog log) {
    this.table = table;
    this.troubles = troubles;
    this.log = log;
  }

  @Override
  public Ceremony make(int monitor, int number, int detail) {
    Trouble trouble = troubles.get(monitor);
    return new Delivery(monitor, number, trouble == null ? 0 : trouble.raisedNanos(detail));
  }

  private final class Delivery implements Ceremony {
    private final int monitor;
    private final int number;
    private final long raisedNanos;

    Delivery(int monitor, int number, long raisedNanos) {
      this.monitor = monitor;
      this.number = number;
      this.raisedNanos = raisedNanos;
    }

    @Override
    public boolean isReady() {
      return isOwned() && log.durableNanos() >= raisedNanos;
    }

    /// What is sent is asked of the handle: it must not have become another monitor's.
    private boolean isOwned() {
      return table.owner(Lane.CODE, monitor, number) != null;
    }

    @Override
    public @Nullable Refusal before() throws InterruptedException {
      var _ = log.awaitDurable(raisedNanos, BOUND);
      return isOwned() ? null : new Refusal(Reason.NO_TARGET, "its monitor was removed");
    }

    @Override
    public void after(@Nullable CheckResult result) {
      // The engine hears of it, and its state is written.
    }
  }
}
