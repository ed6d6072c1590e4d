package dev.cpra.daemon.log;

/// What became of log lines since the start.
///
/// @param written lines that went out
/// @param suppressed lines beyond what one key may have
/// @param dropped lines that found the queue full
/// @param lost lines that the output refused
public record LogCounts(long written, long suppressed, long dropped, long lost) {}
