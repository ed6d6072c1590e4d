/// Data structures that engines share.
@NullMarked
package dev.cpra.engine.kit;

import org.jspecify.annotations.NullMarked;
