package dev.cpra.harness.result;

/// The account of alerts over a whole run: `raised = delivered + abandoned + dropped + queued`.
///
/// @param raised alerts put into a monitor's list
/// @param delivered alerts whose delivery ended well
/// @param abandoned alerts given up
/// @param dropped alerts that went with their monitor's removal
/// @param queued alerts undelivered at the end
/// @param skipped alerts called for and not configured; stands beside the account
public record AlertCounts(
    long raised, long delivered, long abandoned, long dropped, long queued, long skipped) {

  /// No alerts.
  public static final AlertCounts NONE = new AlertCounts(0, 0, 0, 0, 0, 0);

  /// Whether the equation holds.
  public boolean balanced() {
    return raised == delivered + abandoned + dropped + queued && queued >= 0;
  }

  /// The sum of two accounts.
  public AlertCounts plus(AlertCounts other) {
    return new AlertCounts(
        raised + other.raised,
        delivered + other.delivered,
        abandoned + other.abandoned,
        dropped + other.dropped,
        queued + other.queued,
        skipped + other.skipped);
  }
}
