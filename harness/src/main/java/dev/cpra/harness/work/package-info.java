/// Workers that do no I/O: the ceiling, and scripted outcomes.
@NullMarked
package dev.cpra.harness.work;

import org.jspecify.annotations.NullMarked;
