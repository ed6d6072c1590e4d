package dev.cpra.harness.trial;

import dev.cpra.harness.work.TrialClock;
import dev.cpra.simulator.Population;
import java.util.concurrent.TimeUnit;

/// Offers rates to the engine of a trial, by giving all monitors other intervals. Belongs to the
/// trial's main thread.
final class LiveOffer implements Offer {
  private static final long LOOK_NANOS = 20_000_000;

  /// A backlog from a rate that was too high may take so many times as long to settle.
  private static final int PATIENCE = 4;

  private final EngineThread engine;
  private final PhaseRun phases;
  private final TrialClock clock;
  private final Measurement measurement;
  private final Recorder recorder;
  private final double basePerSecond;
  private final EngineView view = new EngineView(null);
  private double offeredPerSecond;

  LiveOffer(
      EngineThread engine,
      PhaseRun phases,
      Population population,
      TrialClock clock,
      Measurement measurement,
      Recorder recorder) {
    this.engine = engine;
    this.phases = phases;
    this.clock = clock;
    this.measurement = measurement;
    this.recorder = recorder;
    this.basePerSecond = population.pulsesPerSecond();
  }

  @Override
  public void change(double rate, long settleNanos) throws InterruptedException {
    offeredPerSecond = basePerSecond * rate;
    phases.changeRate(rate);
    long began = clock.elapsedNanos();
    long waitingMax = Held.waitingMax(offeredPerSecond);
    do {
      sleep(Math.min(LOOK_NANOS, settleNanos));
      look();
    } while (clock.elapsedNanos() - began < settleNanos
        || (view.pulsesWaiting() > waitingMax
            && clock.elapsedNanos() - began < PATIENCE * settleNanos));
  }

  private void look() throws InterruptedException {
    view.reset();
    engine.call(view);
  }

  @Override
  public Held hold(long nanos, boolean measured) throws InterruptedException {
    if (measured) {
      measurement.begin(true);
    }
    view.reset();
    engine.call(its -> {
      view.accept(its);
      recorder.hold(true);
    });
    long at = view.atNanos();
    long due = view.due();
    long applied = view.applied();
    long missed = view.missed();
    sleep(nanos);
    view.reset();
    engine.call(its -> {
      recorder.hold(false);
      view.accept(its);
    });
    Double late = recorder.heldP99Us();
    if (measured) {
      measurement.end(true);
    }
    return new Held(
        offeredPerSecond,
        (view.atNanos() - at) / 1e9,
        view.due() - due,
        view.applied() - applied,
        view.missed() - missed,
        view.pulsesWaiting(),
        late);
  }

  private void sleep(long nanos) throws InterruptedException {
    long until = clock.elapsedNanos() + nanos;
    for (long left = nanos; left > 0; left = until - clock.elapsedNanos()) {
      engine.checkAlive();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
    }
  }

  @Override
  public long elapsedNanos() {
    return clock.elapsedNanos();
  }
}
