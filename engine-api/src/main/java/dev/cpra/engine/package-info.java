/// The contract between an engine and the world around it.
@NullMarked
package dev.cpra.engine;

import org.jspecify.annotations.NullMarked;
