package dev.cpra.simulator;

import dev.cpra.engine.Ledger;
import org.jspecify.annotations.Nullable;

/// What one engine did in one scenario. Immutable but for the ledger, which is the receiver's.
///
/// @param engine the name of the variant
/// @param failure what was wrong, null if nothing was
/// @param ledger of all the engines that followed one another
/// @param virtualNanos time that passed in the world, recovery and draining included
/// @param wallNanos how long that took
/// @param ticks of the engine
/// @param events that the engine told
/// @param followed monitors that the lifecycle's oracle followed
/// @param trace what it told, in short
public record Run(
    String engine,
    @Nullable Failure failure,
    Ledger ledger,
    long virtualNanos,
    long wallNanos,
    long ticks,
    long events,
    int followed,
    TraceSummary trace) {}
