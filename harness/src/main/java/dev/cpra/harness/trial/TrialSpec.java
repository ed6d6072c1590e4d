package dev.cpra.harness.trial;

import dev.cpra.harness.result.Variant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a forked JVM is told: one line of JSON on its standard input.
///
/// @param load the load file
/// @param variant what runs it
/// @param round trials of the same round are compared as pairs
/// @param order the position among all trials of the evaluation
/// @param quick whether the phases are shortened, see [Quick]
/// @param variables addresses of embedded targets by variable
/// @param result where the child writes the result
/// @param folder a folder for what the trial's own alerts write
/// @param profile what to record of the measured phases; null for a trial without a profiler
public record TrialSpec(
    String load,
    Variant variant,
    int round,
    int order,
    boolean quick,
    Map<String, String> variables,
    String result,
    String folder,
    @Nullable ProfileRequest profile) {}
