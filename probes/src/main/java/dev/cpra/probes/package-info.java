/// Does jobs for real: checks, remedies and notifications.
@NullMarked
package dev.cpra.probes;

import org.jspecify.annotations.NullMarked;
