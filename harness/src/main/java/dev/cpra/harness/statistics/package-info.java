/// Turns trials into figures with their spread, and pairs of trials into verdicts that claim no
/// more than was shown.
@NullMarked
package dev.cpra.harness.statistics;

import org.jspecify.annotations.NullMarked;
