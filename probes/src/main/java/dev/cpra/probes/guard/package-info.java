/// Whether an intervention may be done now, and why not. Pure: time is a parameter, nothing here
/// has a thread, a clock or a socket.
@NullMarked
package dev.cpra.probes.guard;

import org.jspecify.annotations.NullMarked;
