package dev.cpra.harness.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of one variant in a process of its own.
///
/// @param variant the name of the [Variant]
/// @param engine the name of its `EngineProvider`
/// @param options its options
/// @param round trials of the same round are a pair: they ran next to each other
/// @param order the position in which it ran among all trials of the evaluation, from 0
/// @param status how it ended
/// @param phases the phases that ran, in order
/// @param throughput work done; null if it died
/// @param latencies per lane name (`pulse`, `intervention`, `code`), and [LaneLatency#SLEEPER]
/// @param samples the time series, in order of time
/// @param ledger the account of the whole run; null if it died
/// @param imbalance the first equation that does not hold, with its figures; null if all hold
/// @param cpu CPU time over the measured phases; null where not known
/// @param memory what it cost in memory
/// @param gc collections; null where not known
/// @param loadMonitorsPerSecond how fast monitors were added before the first phase
/// @param manifest the way from the manifest to the engine; null if there was none
/// @param wireBytesPerCheck bytes sent and received per check; null without a network
/// @param faults the faults as injected, with their recovery
/// @param noise what else went on meanwhile
/// @param targets what embedded targets counted
/// @param journal for small loads, every change of state by monitor name; else empty
/// @param jvm the process; null if it never started
public record TrialResult(
    String variant,
    String engine,
    Map<String, String> options,
    int round,
    int order,
    Status status,
    List<PhaseResult> phases,
    @Nullable Throughput throughput,
    Map<String, LaneLatency> latencies,
    List<Sample> samples,
    @Nullable LedgerCounts ledger,
    @Nullable String imbalance,
    @Nullable Cpu cpu,
    Memory memory,
    @Nullable Gc gc,
    @Nullable Double loadMonitorsPerSecond,
    @Nullable ManifestRead manifest,
    @Nullable Double wireBytesPerCheck,
    List<FaultResult> faults,
    Noise noise,
    List<TargetCheck> targets,
    Map<String, List<StateChange>> journal,
    @Nullable Jvm jvm) {

  /// A trial that left no result.
  public static TrialResult died(Variant variant, int round, int order, String reason) {
    return new TrialResult(
        variant.name(),
        variant.engine(),
        variant.options(),
        round,
        order,
        Status.died(reason),
        List.of(),
        null,
        Map.of(),
        List.of(),
        null,
        null,
        null,
        Memory.UNKNOWN,
        null,
        null,
        null,
        null,
        List.of(),
        Noise.UNKNOWN,
        List.of(),
        Map.of(),
        null);
  }

  /// Whether there is an account and it adds up.
  public boolean balanced() {
    return ledger != null && imbalance == null && ledger.balanced();
  }

  /// Whether its figures may be compared: it ran to its end and its account adds up.
  public boolean comparable() {
    return status.kind() == Status.Kind.COMPLETE && balanced();
  }

  /// Whether it did not keep up with its schedule.
  public boolean saturated() {
    return throughput != null && throughput.saturated();
  }
}
