package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.JobContext;
import dev.cpra.probes.ResultListener;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The monitors that are not well, and what alerts and repairs tell of them. Thread-safe; at most
/// an entry per monitor.
///
/// The dedup key is the monitor's name and nothing else: nothing that a crash could lose is in it.
final class Troubles implements JobContext, ResultListener {
  private static final int REASON_MAX = 300;

  private final MonitorTable table;
  private final LongSupplier clock;
  private final Map<Integer, Trouble> troubles = new ConcurrentHashMap<>();

  Troubles(MonitorTable table, LongSupplier clock) {
    this.table = table;
    this.clock = clock;
  }

  /// What is known of a monitor, or null if it is well.
  @Nullable Trouble get(int handle) {
    return troubles.get(handle);
  }

  /// What is known of a monitor; an empty one if it was well.
  Trouble of(int handle) {
    return troubles.computeIfAbsent(handle, _ -> new Trouble());
  }

  /// A monitor is well, or gone.
  void forget(int handle) {
    troubles.remove(handle);
  }

  /// A check has ended: why it failed is kept, unless its monitor is gone.
  @Override
  public void ended(int monitor, int number, CheckResult result) {
    if (!result.ok() && table.owner(Lane.PULSE, monitor, number) != null) {
      String text = result.text();
      of(monitor).reason = text.length() <= REASON_MAX ? text : text.substring(0, REASON_MAX);
    }
  }

  @Override
  public String monitor(int handle) {
    return table.name(handle);
  }

  @Override
  public String reason(int handle, Code code) {
    if (code == Code.GREEN || code == Code.CYAN) {
      MonitorSpec spec = table.spec(handle);
      return spec != null && BreakerMonitor.is(spec) ? BreakerMonitor.OVER : "";
    }
    Trouble trouble = get(handle);
    return trouble == null ? "" : trouble.reason;
  }

  @Override
  public Instant time(int handle, Code code) {
    Trouble trouble = get(handle);
    long raised = trouble == null ? 0 : trouble.raisedNanos(code.ordinal());
    return DaemonClock.instant(raised == 0 ? clock.getAsLong() : raised);
  }

  @Override
  public Instant since(int handle, Code code) {
    Trouble trouble = get(handle);
    return trouble == null || trouble.sinceNanos == 0
        ? time(handle, code)
        : DaemonClock.instant(trouble.sinceNanos);
  }

  @Override
  public Map<String, String> labels(int handle) {
    MonitorSpec spec = table.spec(handle);
    return spec == null ? Map.of() : spec.labels();
  }

  @Override
  public int attempts(int handle) {
    Trouble trouble = get(handle);
    return trouble == null ? 0 : trouble.attempts;
  }
}
