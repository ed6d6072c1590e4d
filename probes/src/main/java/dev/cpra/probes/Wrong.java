package dev.cpra.probes;

/// What is wrong with an answer, or why a job failed.
///
/// @param text a short line without secrets
record Wrong(Reason reason, String text) {}
