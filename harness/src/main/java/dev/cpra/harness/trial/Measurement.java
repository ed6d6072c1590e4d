package dev.cpra.harness.trial;

import com.sun.management.ThreadMXBean;
import dev.cpra.harness.result.Cpu;
import dev.cpra.harness.result.Noise;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// Sums figures over the measured phases of a trial: what they were at each phase's end minus what
/// they were at its begin. Used by the trial's main thread.
final class Measurement {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final EngineThread engine;
  private final HiccupMeter hiccups;
  private final GcMeter gc;
  private final @Nullable Recorder recorder;
  private final MeasuredSpan span;
  private final EngineView view = new EngineView(null);
  private final ThreadTimes threadTimes = new ThreadTimes();

  private long appliedBefore;
  private long atBefore;
  private long dueBefore;
  private long missedBefore;
  private long allocatedBefore;
  private long[] cpuBefore = new long[0];
  private long @Nullable [] stealBefore;

  private long jobs;
  private long wallNanos;
  private long due;
  private long missed;
  private long allocated;
  private long waitingAtEnd;
  private final long[] cpu = new long[Cpu.GROUPS.size()];
  private long machineTicks;
  private long stealTicks;

  /// @param span what runs beside the measured phases
  Measurement(
      EngineThread engine,
      HiccupMeter hiccups,
      GcMeter gc,
      @Nullable Recorder recorder,
      MeasuredSpan span) {
    this.engine = engine;
    this.hiccups = hiccups;
    this.gc = gc;
    this.recorder = recorder;
    this.span = span;
  }

  /// A phase begins.
  void begin(boolean measured) throws InterruptedException {
    cpuBefore = threadTimes.read();
    stealBefore = ProcessFigures.totalAndSteal();
    look(measured);
    allocatedBefore = allocatedByEngine();
    appliedBefore = view.applied();
    atBefore = view.atNanos();
    dueBefore = view.due();
    missedBefore = view.missed();
    hiccups.measure(measured);
    gc.measure(measured);
    if (measured) {
      span.begin();
    }
  }

  /// The phase that began last is over; adds its figures if it is measured.
  void end(boolean measured) throws InterruptedException {
    if (measured) {
      span.end();
    }
    hiccups.measure(false);
    gc.measure(false);
    look(false);
    if (!measured) {
      return;
    }
    allocated += allocatedByEngine() - allocatedBefore;
    jobs += phaseJobs();
    wallNanos += phaseNanos();
    due += view.due() - dueBefore;
    missed += view.missed() - missedBefore;
    waitingAtEnd = view.pulsesWaiting();
    long[] cpuNow = threadTimes.read();
    for (int g = 0; g < cpu.length; g++) {
      cpu[g] += cpuNow[g] - cpuBefore[g];
    }
    long[] stealNow = ProcessFigures.totalAndSteal();
    if (stealNow != null && stealBefore != null) {
      machineTicks += stealNow[0] - stealBefore[0];
      stealTicks += stealNow[1] - stealBefore[1];
    }
  }

  private long allocatedByEngine() {
    long bytes = 0;
    for (Thread thread : engine.threads()) {
      bytes += THREADS.getThreadAllocatedBytes(thread.threadId());
    }
    return bytes;
  }

  private void look(boolean record) throws InterruptedException {
    view.reset();
    engine.call(its -> {
      view.accept(its);
      if (recorder != null) {
        recorder.measure(record);
      }
    });
  }

  /// Outcomes applied in the phase that ended last.
  long phaseJobs() {
    return view.applied() - appliedBefore;
  }

  /// Pulses that became due in the phase that ended last.
  long phaseDue() {
    return view.due() - dueBefore;
  }

  /// How long the phase that ended last took.
  long phaseNanos() {
    return view.atNanos() - atBefore;
  }

  /// When the phase that began last began, by the machine's clock.
  long phaseBeganNanos() {
    return atBefore;
  }

  long jobs() {
    return jobs;
  }

  double seconds() {
    return wallNanos / 1e9;
  }

  /// Pulses due in measured phases.
  long due() {
    return due;
  }

  /// Slots missed in measured phases.
  long missed() {
    return missed;
  }

  /// Pulses waiting when the last measured phase ended.
  long waitingAtEnd() {
    return waitingAtEnd;
  }

  @Nullable Long allocatedBytes() {
    return THREADS.isThreadAllocatedMemorySupported() ? allocated : null;
  }

  Cpu cpu() {
    return new Cpu(cpu[0] / 1e3, cpu[1] / 1e3, cpu[2] / 1e3, cpu[3] / 1e3, cpu[4] / 1e3);
  }

  /// The noise; after the hiccup meter was stopped.
  Noise noise() {
    var over = hiccups.overshootUs();
    boolean any = over.getTotalCount() > 0;
    return new Noise(
        any ? (double) over.getValueAtPercentile(99) : null,
        any ? (double) over.getMaxValue() : null,
        machineTicks == 0 ? null : 100.0 * stealTicks / machineTicks);
  }
}
