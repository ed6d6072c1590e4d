/// Virtual time: many seeds of a load on the engines, compared, and what failed made small.
@NullMarked
package dev.cpra.harness.simulate;

import org.jspecify.annotations.NullMarked;
