package dev.cpra.daemon.state;

/// How the writing goes.
///
/// @param waiting monitors whose state waits to be written
/// @param waitingSinceNanos since when the oldest change of any kind waits that is not on disk,
///   also one that is being written; 0 if there is none
/// @param writing whether the last try to write succeeded
/// @param written states written
/// @param commits transactions that succeeded
/// @param failures transactions that did not
/// @param auditDropped lines for the audit log dropped because too many waited
/// @param unrecordedAlerts alerts that went out although what they tell of was not on disk
/// @param error what the last failure was, empty if the last try succeeded
public record StateLogStats(
    int waiting,
    long waitingSinceNanos,
    boolean writing,
    long written,
    long commits,
    long failures,
    long auditDropped,
    long unrecordedAlerts,
    String error) {}
