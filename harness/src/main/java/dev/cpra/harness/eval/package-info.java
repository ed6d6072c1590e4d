/// Runs a load's trials in forked JVMs, in random order, and hands the results to the report.
@NullMarked
package dev.cpra.harness.eval;

import org.jspecify.annotations.NullMarked;
