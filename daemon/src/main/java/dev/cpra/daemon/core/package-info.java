/// The daemon itself: monitors, lanes, and the engine's thread with what hangs on it.
@NullMarked
package dev.cpra.daemon.core;

import org.jspecify.annotations.NullMarked;
