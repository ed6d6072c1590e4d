/// Yardsticks for evaluations: one full engine, with plain objects, on each of the timers that a
/// user would pick instead of ours. Never used in production.
@NullMarked
package dev.cpra.engine.peers;

import org.jspecify.annotations.NullMarked;
