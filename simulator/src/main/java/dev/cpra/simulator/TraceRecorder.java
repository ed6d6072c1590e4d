package dev.cpra.simulator;

import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Vitals;
import dev.cpra.simulator.check.Checker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Keeps the last lines of what is told, readable, in the order that two correct engines share (see
/// [TraceDigest]). Of a stretch of time, or of one monitor. Bounded: the oldest lines go.
final class TraceRecorder implements Checker {
  private static final int ALL = -1;

  /// One line of a trace.
  ///
  /// @param nowNanos on the engine's clock
  record Line(long nowNanos, int monitor, String text) {
    @Override
    public String toString() {
      return "%.6f s  monitor %d  %s"
          .formatted((nowNanos - World.START_NANOS) / 1e9, monitor, text);
    }
  }

  private final long fromNanos;
  private final long toNanos;
  private final int monitor;
  private final int most;
  private final Deque<Line> lines = new ArrayDeque<>();
  private final List<Line> calls = new ArrayList<>();
  private final List<Line> jobs = new ArrayList<>();
  private final Map<Integer, List<Line>> others = new TreeMap<>();
  private final Map<Integer, long[]> changes = new TreeMap<>();
  private final Map<Integer, long[]> missed = new TreeMap<>();
  private long instant = -1;

  private TraceRecorder(long fromNanos, long toNanos, int monitor, int most) {
    this.fromNanos = fromNanos;
    this.toNanos = toNanos;
    this.monitor = monitor;
    this.most = most;
  }

  /// Everything from one time to another.
  static TraceRecorder ofStretch(long fromNanos, long toNanos, int most) {
    return new TraceRecorder(fromNanos, toNanos, ALL, most);
  }

  /// All of one monitor up to a time.
  static TraceRecorder ofMonitor(int monitor, long toNanos, int most) {
    return new TraceRecorder(Long.MIN_VALUE, toNanos, monitor, most);
  }

  @Override
  public String name() {
    return "record";
  }

  /// The lines, the oldest first.
  List<Line> lines() {
    close();
    return List.copyOf(lines);
  }

  private boolean wanted(int its, long now) {
    return now >= fromNanos && now <= toNanos && (monitor == ALL || monitor == its);
  }

  private void job(int its, long now, Supplier<String> text) {
    if (wanted(its, now)) {
      jobs.add(new Line(now, its, text.get()));
    }
  }

  /// A call: it belongs to the tick that follows.
  private void call(int its, String text) {
    if (monitor == ALL || monitor == its) {
      calls.add(new Line(-1, its, text));
    }
  }

  private void other(int its, long now, String text) {
    if (wanted(its, now)) {
      others.computeIfAbsent(its, _ -> new ArrayList<>()).add(new Line(now, its, text));
    }
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    if (nowNanos != instant) {
      close();
      instant = nowNanos;
    }
    calls.forEach(call -> other(call.monitor, nowNanos, call.text));
    calls.clear();
  }

  private void close() {
    jobs.forEach(this::keep);
    jobs.clear();
    others.values().forEach(its -> its.forEach(this::keep));
    others.clear();
    changes.forEach((its, bits) -> {
      if (bits[0] != bits[1]) {
        String text = "%s -> %s".formatted(Vitals.describe(bits[0]), Vitals.describe(bits[1]));
        keep(new Line(instant, its, text));
      }
    });
    changes.clear();
    missed.forEach((its, slots) -> {
      String text = "missed %d slots from %d on".formatted(slots[0], slots[1]);
      keep(new Line(instant, its, text));
    });
    missed.clear();
  }

  private void keep(Line line) {
    if (lines.size() == most) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void added(int its, MonitorRules rules, long firstDueNanos) {
    call(its, "added, first due " + firstDueNanos + ": " + rules);
  }

  @Override
  public void updated(int its, MonitorRules rules) {
    call(its, "asked for: " + rules);
  }

  @Override
  public void pausing(int its, boolean paused) {
    call(its, paused ? "asked to pause" : "asked to go on");
  }

  @Override
  public void dispatched(Lane lane, int its, int number, int detail, long dueNanos, long nowNanos) {
    job(
        its,
        nowNanos,
        () -> "%s %d dispatched, due %d, %d".formatted(lower(lane), number, dueNanos, detail));
  }

  @Override
  public void ended(Lane lane, int its, int number, int end, long dueNanos, long nowNanos) {
    String how = List.of("ok", "failed", "expired", "cancelled").get(end);
    job(
        its,
        nowNanos,
        () -> "%s %d ended: %s, due %d".formatted(lower(lane), number, how, dueNanos));
  }

  @Override
  public void stale(Lane lane, int its, int number, long nowNanos) {
    job(its, nowNanos, () -> "%s %d: a stale outcome".formatted(lower(lane), number));
  }

  @Override
  public void missed(int its, long firstSlotNanos, long slots, long nowNanos) {
    if (wanted(its, nowNanos)) {
      long[] sum = missed.computeIfAbsent(its, _ -> new long[] {0, Long.MAX_VALUE});
      sum[0] += slots;
      sum[1] = Math.min(sum[1], firstSlotNanos);
    }
  }

  @Override
  public void cancelled(Lane lane, int its, long dueNanos, long nowNanos) {
    other(its, nowNanos, lower(lane) + " due " + dueNanos + " cancelled");
  }

  @Override
  public void changed(int its, long vitalsBefore, long vitalsAfter, long nowNanos) {
    if (wanted(its, nowNanos)) {
      changes.computeIfAbsent(its, _ -> new long[] {vitalsBefore & WATCHED, 0})[1] =
          vitalsAfter & WATCHED;
    }
  }

  @Override
  public void raised(int its, Code code, long nowNanos) {
    other(its, nowNanos, lower(code) + " raised");
  }

  @Override
  public void skipped(int its, Code code, long nowNanos) {
    other(its, nowNanos, lower(code) + " skipped");
  }

  @Override
  public void abandoned(int its, Code code, long nowNanos) {
    other(its, nowNanos, lower(code) + " abandoned");
  }

  @Override
  public void dropped(int its, Code code, long nowNanos) {
    other(its, nowNanos, lower(code) + " dropped");
  }

  @Override
  public void removed(int its, long nowNanos) {
    other(its, nowNanos, "removed");
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    close();
  }
}
