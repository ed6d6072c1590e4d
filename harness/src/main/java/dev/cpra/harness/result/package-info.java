/// What a trial of one engine and an evaluation of several yield: plain data, one file format.
///
/// Units stand in the names. A figure that does not apply is null, never zero.
@NullMarked
package dev.cpra.harness.result;

import org.jspecify.annotations.NullMarked;
