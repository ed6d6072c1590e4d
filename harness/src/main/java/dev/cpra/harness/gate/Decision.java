package dev.cpra.harness.gate;

import java.util.Locale;

/// What is known of one limit.
enum Decision {
  /// It holds.
  PASS,
  /// It is broken.
  REGRESSION,
  /// The pairs taken do not tell.
  INCONCLUSIVE,
  /// Nothing was measured that could tell: it needs, or excludes, another build.
  NOT_MEASURED,
  /// No limit, only shown.
  SHOWN;

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
