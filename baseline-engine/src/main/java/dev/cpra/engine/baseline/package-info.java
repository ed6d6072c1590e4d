/// The engine on plain arrays.
@NullMarked
package dev.cpra.engine.baseline;

import org.jspecify.annotations.NullMarked;
