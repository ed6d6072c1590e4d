package dev.cpra.engine;

/// A monitor's undelivered alerts in one `long`: a first-in first-out list of at most [#MAX]
/// colours, whether the first is in flight, and how often it has failed. Pure functions over
/// primitives.
///
/// ```
/// bit 0  count (4)      4  colours (8 x 3), oldest lowest
///    28  failed deliveries of the first (6)          34  first is in flight
/// ```
public final class Alerts {
  /// Most undelivered alerts of one monitor.
  public static final int MAX = 8;

  /// No alerts.
  public static final long NONE = 0;

  private static final long COUNT_MASK = 0xF;
  private static final int COLOUR_SHIFT = 4;
  private static final int COLOUR_BITS = 3;
  private static final long COLOURS_MASK = ((1L << (MAX * COLOUR_BITS)) - 1) << COLOUR_SHIFT;
  private static final int FAILED_SHIFT = COLOUR_SHIFT + MAX * COLOUR_BITS;
  private static final long FAILED_MASK = 0x3FL << FAILED_SHIFT;
  private static final long IN_FLIGHT = 1L << (FAILED_SHIFT + 6);

  private Alerts() {}

  /// How many alerts are undelivered.
  public static int count(long alerts) {
    return (int) (alerts & COUNT_MASK);
  }

  /// The ordinal of the i-th oldest alert's colour.
  public static int colour(long alerts, int i) {
    return (int) (alerts >>> (COLOUR_SHIFT + i * COLOUR_BITS)) & ((1 << COLOUR_BITS) - 1);
  }

  /// Whether the first alert is in flight.
  public static boolean inFlight(long alerts) {
    return (alerts & IN_FLIGHT) != 0;
  }

  /// How often the first alert's delivery has failed.
  public static int failed(long alerts) {
    return (int) ((alerts & FAILED_MASK) >>> FAILED_SHIFT);
  }

  /// Appends a colour; the list must not be full.
  public static long push(long alerts, int colour) {
    int count = count(alerts);
    return (alerts + 1) | (long) colour << (COLOUR_SHIFT + count * COLOUR_BITS);
  }

  /// Removes the i-th oldest. Removing the first ends its flight and forgets its failures.
  public static long remove(long alerts, int i) {
    long colours = (alerts & COLOURS_MASK) >>> COLOUR_SHIFT;
    long below = colours & ((1L << (i * COLOUR_BITS)) - 1);
    long above = colours >>> ((i + 1) * COLOUR_BITS) << (i * COLOUR_BITS);
    long first = i == 0 ? 0 : alerts & (FAILED_MASK | IN_FLIGHT);
    return first | (above | below) << COLOUR_SHIFT | (count(alerts) - 1);
  }

  /// The list with its first alert in flight.
  public static long dispatched(long alerts) {
    return alerts | IN_FLIGHT;
  }

  /// The list after a restart: whether its first alert was delivered is unknown, so it is due again
  /// and has not failed.
  public static long restored(long alerts) {
    return alerts & ~IN_FLIGHT;
  }

  /// The list after a delivery of its first alert failed or expired.
  public static long deliveryFailed(long alerts) {
    return (alerts & ~IN_FLIGHT) + (1L << FAILED_SHIFT);
  }

  /// Which alert a ninth one pushes out: the oldest not in flight.
  public static int oldestNotInFlight(long alerts) {
    return inFlight(alerts) ? 1 : 0;
  }

  /// Whether the first alert, after a failed delivery and not in flight, is to be abandoned: its
  /// retries are spent, or it is not red and a red waits behind it.
  public static boolean abandonsFirst(long alerts, AlertRules rules) {
    if (inFlight(alerts) || failed(alerts) == 0) {
      return false;
    }
    return failed(alerts) > rules.retries() || givesWayToRed(alerts);
  }

  /// Whether the first alert, after a failed delivery and not in flight, is to be abandoned because
  /// it is not red and a red waits behind it. Asked when an alert is raised; spent retries count
  /// only when a delivery fails.
  public static boolean givesWayToRed(long alerts) {
    return !inFlight(alerts)
        && failed(alerts) > 0
        && colour(alerts, 0) != Code.RED.ordinal()
        && redBehindFirst(alerts);
  }

  private static boolean redBehindFirst(long alerts) {
    for (int i = 1, count = count(alerts); i < count; i++) {
      if (colour(alerts, i) == Code.RED.ordinal()) {
        return true;
      }
    }
    return false;
  }
}
