/// The daemon looks after itself: alarms, readiness, and the audit of its engine.
@NullMarked
package dev.cpra.daemon.health;

import org.jspecify.annotations.NullMarked;
