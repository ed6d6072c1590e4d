package dev.cpra.harness.report;

import dev.cpra.harness.statistics.Metric;
import org.jspecify.annotations.Nullable;

/// The answer to one question of an evaluation.
///
/// @param metric what it is about
/// @param question the question in a few words
/// @param winner the variant shown to be better than all others it was compared with; null if none
///   was
/// @param compared whether anything could be compared at all
/// @param sentence which is better, by how much, how sure
public record Finding(
    Metric metric, String question, @Nullable String winner, boolean compared, String sentence) {}
