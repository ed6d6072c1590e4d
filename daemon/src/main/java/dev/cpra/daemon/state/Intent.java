package dev.cpra.daemon.state;

/// An intervention that is about to be done. On disk before it is.
///
/// @param monitor whose
/// @param attempt which one of its incident, from 1
/// @param begunNanos when
/// @param act what is done, such as `docker`
/// @param why the reason that its check gave, one line without secrets
public record Intent(String monitor, int attempt, long begunNanos, String act, String why) {}
