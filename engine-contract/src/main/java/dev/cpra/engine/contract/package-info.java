/// The suite of tests that every engine passes.
@NullMarked
package dev.cpra.engine.contract;

import org.jspecify.annotations.NullMarked;
