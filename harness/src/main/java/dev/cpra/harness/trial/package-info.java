/// One engine, one load, one JVM: what happens inside a forked trial.
@NullMarked
package dev.cpra.harness.trial;

import org.jspecify.annotations.NullMarked;
