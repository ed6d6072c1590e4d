/// The engine on the Dominion entity component system.
@NullMarked
package dev.cpra.engine.ecs;

import org.jspecify.annotations.NullMarked;
