/// The log: one line per event, limited per key, written by a thread of its own.
@NullMarked
package dev.cpra.daemon.log;

import org.jspecify.annotations.NullMarked;
