package dev.cpra.harness.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a target that the harness started counted itself, beside what the ledger says about it.
///
/// @param name the target's name, which the state journal's monitors refer to
/// @param kind what it speaks: `http`, `tcp`, ...
/// @param acceptedConnections connections that it accepted; null if it has none
/// @param requests requests that it counted; null if it counts connections only
/// @param pulses pulses dispatched to it according to the ledger; null if not told apart
/// @param expected connections or requests that must have been counted, where that is exact; null
///   if only a bound is known (lost, expired and refused checks leave no trace at a target)
/// @param demanded the states that the load's script asked of it, in order of time
/// @param seen the states that the monitors came to see, in order of time
/// @param agrees whether its count and states agree with the ledger's; null if that can't be said
public record TargetCheck(
    String name,
    String kind,
    @Nullable Long acceptedConnections,
    @Nullable Long requests,
    @Nullable Long pulses,
    @Nullable Long expected,
    List<StateChange> demanded,
    List<StateChange> seen,
    @Nullable Boolean agrees) {}
