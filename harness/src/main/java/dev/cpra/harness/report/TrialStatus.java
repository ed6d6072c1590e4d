package dev.cpra.harness.report;

import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import java.util.Locale;

/// A trial's status in words.
final class TrialStatus {

  private TrialStatus() {}

  static String text(TrialResult trial) {
    Status status = trial.status();
    if (status.kind() != Status.Kind.COMPLETE) {
      return status.kind().name().toLowerCase(Locale.ROOT) + ", " + status.reason();
    }
    if (trial.ledger() == null) {
      return "invalid, no ledger";
    }
    if (!trial.balanced()) {
      return trial.imbalance() == null
          ? "invalid, the ledger does not balance"
          : "invalid, " + trial.imbalance();
    }
    return trial.saturated() ? "saturated" : "ok";
  }
}
