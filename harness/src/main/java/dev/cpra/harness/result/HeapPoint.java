package dev.cpra.harness.result;

/// What the heap held after all garbage was collected.
///
/// @param atSeconds wall clock since the first phase began
/// @param mib heap in use
public record HeapPoint(double atSeconds, double mib) {}
