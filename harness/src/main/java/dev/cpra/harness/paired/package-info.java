/// Two live JVMs that take short slices in turn: the ratio of two builds or two engines, with the
/// machine's noise in both alike. Also the exact figures of one build, in virtual time.
@NullMarked
package dev.cpra.harness.paired;

import org.jspecify.annotations.NullMarked;
