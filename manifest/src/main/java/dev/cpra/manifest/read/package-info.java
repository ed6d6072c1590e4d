/// How files are read: events to nodes, nodes to checked values. Public only for the packages of
/// this module; nobody else uses it.
@NullMarked
package dev.cpra.manifest.read;

import org.jspecify.annotations.NullMarked;
