/// What the harness runs: loads, read as strictly as manifests.
@NullMarked
package dev.cpra.manifest.load;

import org.jspecify.annotations.NullMarked;
