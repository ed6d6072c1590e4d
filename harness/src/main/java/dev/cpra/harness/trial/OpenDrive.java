package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineDriver;
import dev.cpra.engine.Lanes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Real time: the engine as production drives it, asleep between due times.
final class OpenDrive implements EngineThread {
  private final AtomicLong ticks = new AtomicLong();
  private final EngineDriver driver;

  /// @param spinNanos how long before a wake-up it stops sleeping and spins
  OpenDrive(Engine engine, Lanes lanes, LongSupplier clock, long spinNanos) {
    // The driver reads its clock before every tick, on its own thread, and after the tasks before
    // it.
    driver = new EngineDriver(ThreadTimes.ENGINE, engine, lanes, () -> read(clock), spinNanos);
  }

  private long read(LongSupplier clock) {
    ticks.lazySet(ticks.getPlain() + 1);
    return clock.getAsLong();
  }

  @Override
  public long ticks() {
    return ticks.get();
  }

  @Override
  public void start() {
    driver.start();
  }

  @Override
  public List<Thread> threads() {
    return List.of(driver.thread());
  }

  @Override
  public void submit(Consumer<Engine> task) {
    driver.submit(task);
  }

  @Override
  public boolean stop(Duration bound) throws InterruptedException {
    return driver.stop(bound);
  }

  @Override
  public @Nullable Throwable failure() {
    return driver.failure();
  }
}
