package dev.cpra.probes.guard;

/// Whether an intervention may be done, and why: what the audit log says.
///
/// @param rule what decided
/// @param text one line for people, such as ``refused because the fleet's budget is spent``
public record Verdict(Rule rule, String text) {
  /// What decides, in the order in which it is asked.
  public enum Rule {
    /// Interventions are switched off.
    OFF,
    /// The monitor is in a maintenance window.
    MAINTENANCE,
    /// Most targets fail at once.
    BREAKER,
    /// The fleet has had its share.
    FLEET_BUDGET,
    /// One of the monitor's groups has had its share.
    GROUP_BUDGET,
    /// It would be done, but this is a dry run.
    DRY_RUN,
    /// Nothing speaks against it.
    ALLOWED
  }

  /// Whether it may be done.
  public boolean allowed() {
    return rule == Rule.ALLOWED;
  }
}
