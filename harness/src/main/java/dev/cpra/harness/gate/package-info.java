/// `gate`: a load's limits, exact ones and those of paired measuring, their verdicts, the
/// calibration of both, and the history of all of it.
@NullMarked
package dev.cpra.harness.gate;

import org.jspecify.annotations.NullMarked;
