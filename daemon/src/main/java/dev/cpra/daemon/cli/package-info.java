/// The commands: options in, exit codes out.
@NullMarked
package dev.cpra.daemon.cli;

import org.jspecify.annotations.NullMarked;
