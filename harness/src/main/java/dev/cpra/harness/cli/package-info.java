/// The commands: options in, exit codes out.
@NullMarked
package dev.cpra.harness.cli;

import org.jspecify.annotations.NullMarked;
