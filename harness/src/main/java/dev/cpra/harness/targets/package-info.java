/// Servers on loopback whose state follows a script and which count what they were asked.
@NullMarked
package dev.cpra.harness.targets;

import org.jspecify.annotations.NullMarked;
