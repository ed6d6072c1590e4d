/// Runs JMH on the benchmarks of what the engines stand on, and writes what it finds as a table.
@NullMarked
package dev.cpra.harness.micro;

import org.jspecify.annotations.NullMarked;
