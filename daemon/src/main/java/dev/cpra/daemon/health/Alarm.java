package dev.cpra.daemon.health;

/// What can be wrong with the daemon itself.
public enum Alarm {
  /// The engine's thread has ended: nothing is checked any more.
  ENGINE_DEAD("engine_dead", true),
  /// The engine's thread runs but has not ticked for a while.
  ENGINE_STALLED("engine_stalled", true),
  /// Checks start later than they should.
  BEHIND_SCHEDULE("behind_schedule", true),
  /// States wait too long to be written down.
  STATE_LOG_BEHIND("state_log_behind", true),
  /// The state cannot be written: the disk is full or broken.
  STATE_LOG_FAILING("state_log_failing", true),
  /// The account of jobs does not balance: a defect of ours.
  LEDGER_UNBALANCED("ledger_unbalanced", false),
  /// The audit found monitors in a broken state, and repaired them: a defect of ours.
  AUDIT_BROKEN("audit_broken", false),
  /// A bound of the engine was reached.
  LIMIT_REACHED("limit_reached", false);

  private final String key;
  private final boolean endsReadiness;

  Alarm(String key, boolean endsReadiness) {
    this.key = key;
    this.endsReadiness = endsReadiness;
  }

  /// Its name in logs, metrics and answers.
  public String key() {
    return key;
  }

  /// Whether the daemon is not ready while it lasts.
  public boolean endsReadiness() {
    return endsReadiness;
  }
}
