/// What must hold in every world, whichever engine runs in it.
@NullMarked
package dev.cpra.simulator.check;

import org.jspecify.annotations.NullMarked;
