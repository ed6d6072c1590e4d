package dev.cpra.harness.eval;

import dev.cpra.harness.result.Variant;

/// One trial that is to run.
///
/// @param variant what runs
/// @param round trials of the same round are compared as pairs, from 0
/// @param order the position among all trials, from 0
public record PlannedTrial(Variant variant, int round, int order) {}
