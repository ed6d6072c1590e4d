/// From one configuration to the next: what would change, when to look, how it is done.
@NullMarked
package dev.cpra.daemon.reload;

import org.jspecify.annotations.NullMarked;
