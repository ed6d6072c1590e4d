package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// How the threads of a trial in real time slept.
///
/// @param spinNanos how long before a wake-up the engine's thread stopped sleeping and spun
/// @param timerSlackNanos how much later than asked the kernel might wake a thread; null where the
///   system does not tell
public record Sleep(long spinNanos, @Nullable Long timerSlackNanos) {}
