/// Runs loads on engines, compares them and writes reports.
@NullMarked
package dev.cpra.harness;

import org.jspecify.annotations.NullMarked;
