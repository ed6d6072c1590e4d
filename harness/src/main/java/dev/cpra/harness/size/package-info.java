/// How many workers and how long a queue each lane needs: queueing theory on a manifest.
@NullMarked
package dev.cpra.harness.size;

import org.jspecify.annotations.NullMarked;
