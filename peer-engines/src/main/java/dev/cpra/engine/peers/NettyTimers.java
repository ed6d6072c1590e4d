package dev.cpra.engine.peers;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Netty's `HashedWheelTimer`, its tick that of the engine (Netty's own least is 1 ms), its wheel
/// sized to the monitors, its detection of leaks off.
final class NettyTimers extends ThreadedTimers {
  private static final int MONITORS_PER_BUCKET = 16;
  private static final int BUCKETS_MIN = 512;
  private static final int BUCKETS_MAX = 1 << 16;
  private static final long TICK_MIN_NANOS = 1_000_000;

  private final class NettySlot extends Slot implements TimerTask {
    private @Nullable Timeout timeout;

    NettySlot(int monitor) {
      super(monitor);
    }

    @Override
    public void run(Timeout fired) {
      run();
    }
  }

  private final HashedWheelTimer timer;

  NettyTimers(int maxMonitors, long tickNanos) {
    super(tickNanos);
    timer =
        new HashedWheelTimer(
            Thread.ofPlatform().daemon().name("timer-netty").factory(),
            Math.max(TICK_MIN_NANOS, tickNanos),
            TimeUnit.NANOSECONDS,
            Math.clamp(maxMonitors / MONITORS_PER_BUCKET, BUCKETS_MIN, BUCKETS_MAX),
            false);
  }

  @Override
  Slot slot(int monitor) {
    return new NettySlot(monitor);
  }

  @Override
  void start(Slot slot, long delayNanos) {
    NettySlot own = (NettySlot) slot;
    own.timeout = timer.newTimeout(own, delayNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  void stop(Slot slot) {
    Timeout timeout = ((NettySlot) slot).timeout;
    if (timeout != null) {
      timeout.cancel();
    }
  }

  @Override
  public void close() {
    timer.stop();
  }
}
