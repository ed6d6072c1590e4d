/// The configs a manifest can name and how they are read: pure data. What executes them stands
/// elsewhere and is chosen by the config's class.
@NullMarked
package dev.cpra.manifest.kind;

import org.jspecify.annotations.NullMarked;
