package dev.cpra.manifest.policy;

import java.util.Map;

/// What interventions may do together. Immutable.
///
/// @param enabled false is the switch that stops all of them
/// @param dryRun whether they are only decided and written down, not done
/// @param fleet how many in what time, over all monitors
/// @param eachGroup how many in what time within one group that has no limit of its own
/// @param groups limits of single groups
/// @param breaker when most targets fail at once
public record Safety(
    boolean enabled,
    boolean dryRun,
    Limit fleet,
    Limit eachGroup,
    Map<String, Limit> groups,
    BreakerRules breaker) {

  /// What holds when a manifest says nothing: 20 an hour in all, 5 in a group, and none while half
  /// of the monitors, and at least 5, began to fail within 5 minutes.
  public static final Safety DEFAULT =
      new Safety(
          true,
          false,
          new Limit(20, 3_600_000_000_000L),
          new Limit(5, 3_600_000_000_000L),
          Map.of(),
          BreakerRules.DEFAULT);

  /// Copies the groups.
  public Safety {
    groups = Map.copyOf(groups);
  }

  /// At most so many in any stretch of time of this length.
  ///
  /// @param most 1 to [#MOST_MAX]
  /// @param perNanos above 0
  public record Limit(int most, long perNanos) {
    /// The highest limit.
    public static final int MOST_MAX = 100_000;

    /// Checks the ranges.
    public Limit {
      if (most < 1 || most > MOST_MAX) {
        throw new IllegalArgumentException("most: expected 1 to " + MOST_MAX + ", found " + most);
      }
      if (perNanos <= 0) {
        throw new IllegalArgumentException("per: expected a duration above zero");
      }
    }
  }

  /// When interventions freeze, and when they thaw.
  ///
  /// @param share of the monitors that must have begun to fail within the window, above 0 to 1
  /// @param least how many they must be at least, so that a small fleet is still repaired
  /// @param windowNanos how close together they must have begun
  /// @param closeShare it closes when no more than this share of the monitors still fails of those
  ///   that began to; 0 to below `share`
  /// @param holdNanos and that for this long without a break
  public record BreakerRules(
      double share, int least, long windowNanos, double closeShare, long holdNanos) {
    /// Half of them, at least 5, within 5 minutes; a quarter for 2 minutes.
    public static final BreakerRules DEFAULT =
        new BreakerRules(0.5, 5, 300_000_000_000L, 0.25, 120_000_000_000L);

    /// Checks the ranges.
    public BreakerRules {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share: expected above 0 to 1, found " + share);
      }
      if (!(closeShare >= 0 && closeShare < share)) {
        throw new IllegalArgumentException(
            "close_share: expected 0 to below `share` (" + share + "), found " + closeShare);
      }
      if (least < 1 || windowNanos <= 0 || holdNanos < 0) {
        throw new IllegalArgumentException("breaker: expected positive figures");
      }
    }
  }
}
