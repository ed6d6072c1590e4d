/// Turns YAML and JSON into monitors, with the place of every error.
@NullMarked
package dev.cpra.manifest;

import org.jspecify.annotations.NullMarked;
