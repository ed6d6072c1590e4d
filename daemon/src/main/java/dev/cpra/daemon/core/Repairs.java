package dev.cpra.daemon.core;

import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.Intent;
import dev.cpra.daemon.state.InterventionRecord.End;
import dev.cpra.daemon.state.StateException;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.probes.Ceremony;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.Reason;
import dev.cpra.probes.guard.Verdict;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What is done around every intervention: it must be allowed, its intent must be on disk before it
/// is begun, and its end is written down before the engine hears of it. Thread-safe.
final class Repairs implements Ceremony.Maker {
  private final MonitorTable table;
  private final Troubles troubles;
  private final StateLog log;
  private final Safeguard safeguard;
  private final LongSupplier clock;

  Repairs(
      MonitorTable table,
      Troubles troubles,
      StateLog log,
      Safeguard safeguard,
      LongSupplier clock) {
    this.table = table;
    this.troubles = troubles;
    this.log = log;
    this.safeguard = safeguard;
    this.clock = clock;
  }

  @Override
  public Ceremony make(int monitor, int number, int detail) {
    return new Repair(monitor, detail);
  }

  private final class Repair implements Ceremony {
    private final int monitor;
    private final int attempt;
    private final String name;

    /// Written before the act is begun, read after it.
    private volatile long intent;

    Repair(int monitor, int attempt) {
      this.monitor = monitor;
      this.attempt = attempt;
      this.name = table.name(monitor);
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public @Nullable Refusal before() {
      MonitorSpec spec = table.spec(monitor);
      InterventionConfig config = spec == null ? null : spec.intervention();
      if (spec == null || config == null) {
        return refused("refused because its monitor has no intervention any more");
      }
      long now = clock.getAsLong();
      Verdict verdict = safeguard.decide(spec, now);
      if (!verdict.allowed()) {
        return refused(verdict.text());
      }
      Trouble trouble = troubles.get(monitor);
      String why = trouble == null ? "" : trouble.reason;
      try {
        intent = log.begin(new Intent(name, attempt, now, config.type(), why));
      } catch (StateException e) {
        return refused("refused because it could not be written down before: " + e.getMessage());
      }
      log.audit(
          new AuditLine(
              now,
              name,
              "begun",
              "attempt "
                  + attempt
                  + ": "
                  + config.type()
                  + (why.isEmpty() ? "" : ", because " + why)));
      return null;
    }

    private Refusal refused(String text) {
      log.audit(new AuditLine(clock.getAsLong(), name, "refused", text));
      return new Refusal(Reason.HELD_BACK, text);
    }

    @Override
    public void after(@Nullable CheckResult result) {
      if (result != null && result.reason() == Reason.ABORTED) {
        return; // cut off: what it did is not known, and so it stays open
      }
      End end = result == null ? End.NOT_DONE : result.ok() ? End.OK : End.FAILED;
      String text =
          result == null
              ? "its time was over before it was begun"
              : result.ok() ? "ok" : result.text();
      long now = clock.getAsLong();
      log.ended(intent, end, now, text);
      log.audit(new AuditLine(now, name, "ended", "attempt " + attempt + ": " + text));
    }
  }
}
