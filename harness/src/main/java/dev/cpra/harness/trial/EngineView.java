package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A few figures of a running engine, copied on its thread without allocation. One reader asks for
/// a copy with [EngineThread#submit] and reads once [#isNew]; then it may ask again.
final class EngineView implements Consumer<Engine> {
  private final @Nullable Recorder recorder;
  private Histogram recent = Recorder.recentHistogram();
  private long atNanos;
  private long applied;
  private long inFlight;
  private long waiting;
  private long pulsesWaiting;
  private long due;
  private long missed;
  private volatile boolean fresh;

  EngineView(@Nullable Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void accept(Engine engine) {
    Ledger ledger = engine.ledger();
    atNanos = System.nanoTime();
    applied = applied(ledger.pulse) + applied(ledger.intervention) + applied(ledger.code);
    inFlight = ledger.inFlight();
    pulsesWaiting = ledger.pulse.waiting;
    waiting = pulsesWaiting + ledger.intervention.waiting + ledger.code.waiting;
    due = ledger.pulse.due;
    missed = ledger.pulse.missed;
    if (recorder != null) {
      recent = recorder.swapRecent(recent);
    }
    fresh = true;
  }

  private static long applied(LaneLedger lane) {
    return lane.ok + lane.failed;
  }

  /// Whether a copy was made since the last [#reset].
  boolean isNew() {
    return fresh;
  }

  /// Forgets the latencies read and lets [#isNew] be false until the next copy.
  void reset() {
    recent.reset();
    fresh = false;
  }

  /// When the copy was made, on the machine's clock.
  long atNanos() {
    return atNanos;
  }

  /// Outcomes applied so far, all lanes.
  long applied() {
    return applied;
  }

  long inFlight() {
    return inFlight;
  }

  /// Jobs waiting, all lanes.
  long waiting() {
    return waiting;
  }

  long pulsesWaiting() {
    return pulsesWaiting;
  }

  /// Pulses due so far.
  long due() {
    return due;
  }

  /// Pulse slots missed so far.
  long missed() {
    return missed;
  }

  /// The 99th percentile of lateness since the copy before, in microseconds; null without a pulse.
  @Nullable Double latenessP99Us() {
    return recent.getTotalCount() == 0 ? null : (double) recent.getValueAtPercentile(99);
  }
}
