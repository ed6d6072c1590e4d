package dev.cpra.daemon.state;

/// What was done or refused, and why: one line for people.
///
/// @param atNanos when
/// @param monitor whose; empty if it concerns all
/// @param what one word, such as `refused`
/// @param text one line without secrets
public record AuditLine(long atNanos, String monitor, String what, String text) {}
