/// Which monitors are this node's to watch.
@NullMarked
package dev.cpra.daemon.own;

import org.jspecify.annotations.NullMarked;
