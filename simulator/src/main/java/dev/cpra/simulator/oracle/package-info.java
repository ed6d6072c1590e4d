/// The lifecycle of one monitor written a second time, from the table of its rules and in the most
/// naive way: the engines' code is not used here.
@NullMarked
package dev.cpra.simulator.oracle;

import org.jspecify.annotations.NullMarked;
