package dev.cpra.manifest.load;

/// A part of a run.
///
/// @param name unique within the load
/// @param forNanos how long it takes
/// @param measured whether its figures count
/// @param rate all intervals are divided by it
/// @param dueAll whether every monitor is due at once when the phase starts
public record Phase(String name, long forNanos, boolean measured, double rate, boolean dueAll) {}
