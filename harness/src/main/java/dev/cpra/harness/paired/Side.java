package dev.cpra.harness.paired;

import dev.cpra.harness.result.Variant;

/// One of the two sides of a comparison: an engine out of a build.
///
/// @param name for a reader
/// @param variant the engine and its options
/// @param build whose engine it is
public record Side(String name, Variant variant, Build build) {}
