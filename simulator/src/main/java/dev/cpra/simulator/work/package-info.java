/// What scripted workers do with their jobs, and what faults do to them: pure functions of a seed,
/// the same in virtual and in real time.
@NullMarked
package dev.cpra.simulator.work;

import org.jspecify.annotations.NullMarked;
