/// Benchmarks of what is public, and what all of them share.
@NullMarked
package dev.cpra.benchmarks;

import org.jspecify.annotations.NullMarked;
