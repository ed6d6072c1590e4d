package dev.cpra.harness.paired;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one engine does on one load, exact: the same on every run of the same build, whatever else
/// the machine does.
///
/// @param jobs outcomes applied in the measured phases
/// @param allocatedBytesPerJob bytes allocated within the engine's calls
/// @param bytesPerMonitor heap and native memory; null for a load of too few monitors
/// @param operationsPerJob what the engine counts, and `batches`, per job
/// @param latenessUs percentiles of the pulse lane's lateness in virtual time, by `p50`, `p90`,
///   `p99`, `p99_9` and `max`
/// @param missed pulse slots missed in the measured phases
/// @param imbalance what does not balance in the ledger once drained; null if all does
public record ExactFigures(
    long jobs,
    double allocatedBytesPerJob,
    @Nullable Double bytesPerMonitor,
    Map<String, Double> operationsPerJob,
    Map<String, Double> latenessUs,
    long missed,
    @Nullable String imbalance) {}
