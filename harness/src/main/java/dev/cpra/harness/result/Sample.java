package dev.cpra.harness.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was seen at one instant of a trial, taken about every 250 ms.
///
/// @param atSeconds wall clock since the first phase began
/// @param jobsPerSecond outcomes applied per second since the sample before
/// @param latenessP99Us the 99th percentile of the pulse lane's lateness since the sample before,
///   in microseconds; null if no pulse was dispatched
/// @param inFlight jobs in flight, all lanes
/// @param waiting jobs due that their lane has not taken, all lanes
/// @param heapMib heap in use
/// @param rssMib resident memory of the process; null where the system does not tell
/// @param cpuCores cores used per thread group since the sample before; see [Cpu]
public record Sample(
    double atSeconds,
    double jobsPerSecond,
    @Nullable Double latenessP99Us,
    long inFlight,
    long waiting,
    double heapMib,
    @Nullable Double rssMib,
    Map<String, Double> cpuCores) {}
