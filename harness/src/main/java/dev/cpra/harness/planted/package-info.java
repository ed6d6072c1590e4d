/// What a gate is calibrated with: engines that are worse than they should be by a known amount.
/// Nothing here is registered as a service, so no command can run it unless a class path names it
/// in front, as `gate --calibrate` does.
@NullMarked
package dev.cpra.harness.planted;

import org.jspecify.annotations.NullMarked;
