/// The published JSON Schemas, made of the shapes that the loader checks.
@NullMarked
package dev.cpra.manifest.schema;

import org.jspecify.annotations.NullMarked;
