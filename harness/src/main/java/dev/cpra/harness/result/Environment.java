package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// Where an evaluation ran.
///
/// @param cpuModel the processor's name
/// @param cores processors that the JVM may use
/// @param memoryMib memory of the machine, or of the container if that is less
/// @param kernel the operating system and its version
/// @param jvm the JVM's name and version
/// @param governor the CPU frequency governor; null where it can't be read
/// @param gitCommit the commit that was measured; null outside a repository
/// @param gitDirty whether the working tree differed from it
/// @param noise over the whole evaluation
public record Environment(
    @Nullable String cpuModel,
    int cores,
    @Nullable Long memoryMib,
    @Nullable String kernel,
    @Nullable String jvm,
    @Nullable String governor,
    @Nullable String gitCommit,
    @Nullable Boolean gitDirty,
    Noise noise) {}
