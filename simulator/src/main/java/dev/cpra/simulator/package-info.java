/// An engine's whole world in virtual time, on one thread: clock, workers, faults and checkers, all
/// decided by one seed.
@NullMarked
package dev.cpra.simulator;

import org.jspecify.annotations.NullMarked;
