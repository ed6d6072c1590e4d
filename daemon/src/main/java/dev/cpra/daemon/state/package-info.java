/// What survives a restart, and how it gets to disk.
@NullMarked
package dev.cpra.daemon.state;

import org.jspecify.annotations.NullMarked;
