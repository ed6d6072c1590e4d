/// Profiles of the engines: async-profiler in a trial's JVM, flame graphs, and what stands out in
/// them.
@NullMarked
package dev.cpra.harness.profile;

import org.jspecify.annotations.NullMarked;
