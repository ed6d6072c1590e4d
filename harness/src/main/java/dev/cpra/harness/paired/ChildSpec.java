package dev.cpra.harness.paired;

import dev.cpra.harness.result.Variant;
import java.util.List;

/// What a child JVM is told first: one line of JSON on its standard input.
///
/// @param variant the engine it runs
/// @param loads load files, absolute; later asks name them by index
public record ChildSpec(Variant variant, List<String> loads) {}
