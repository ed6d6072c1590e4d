/// Faults on schedule, each decided by the work's seed.
@NullMarked
package dev.cpra.harness.fault;

import org.jspecify.annotations.NullMarked;
