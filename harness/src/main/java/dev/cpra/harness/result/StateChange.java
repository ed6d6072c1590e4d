package dev.cpra.harness.result;

/// From this instant on something was in this state.
///
/// @param atSeconds wall clock since the first phase began
/// @param state the state in words, such as `up`, `down`, or `idle warned failures=2`
public record StateChange(double atSeconds, String state) {}
