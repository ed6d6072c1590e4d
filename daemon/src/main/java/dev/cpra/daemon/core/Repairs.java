package dev.cpra.daemon.core;

import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.Intent;
import dev.cpra.daemon.state.InterventionRecord.End;
import dev.cpra.daemon.state.StateException;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.engine.Lane;
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
  private static final String REMOVED = "refused because its monitor was removed";
  private static final String NONE_ANY_MORE =
      "refused because its monitor has no intervention any more";
  private static final String STOPPING = "the daemon is stopping";

  private final MonitorTable table;
  private final Troubles troubles;
  private final StateLog log;
  private final Safeguard safeguard;
  private final LongSupplier clock;
  private volatile boolean stopping;

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

  /// From now on none is begun, whatever waits for a worker or the disk. What was begun may end.
  void stop() {
    stopping = true;
  }

  @Override
  public Ceremony make(int monitor, int number, int detail) {
    return new Repair(monitor, number, detail);
  }

  /// An intervention was taken and there is nothing to do for it. On any thread.
  ///
  /// @param owner whose it is, null if that one was removed
  void notBegun(@Nullable Watched owner) {
    audit(name(owner), "refused", owner == null ? REMOVED : NONE_ANY_MORE);
  }

  private static String name(@Nullable Watched owner) {
    return owner == null ? MonitorTable.REMOVED : owner.spec().name();
  }

  private void audit(String name, String what, String text) {
    log.audit(new AuditLine(clock.getAsLong(), name, what, text));
  }

  private final class Repair implements Ceremony {
    private final int monitor;
    private final int number;
    private final int attempt;

    /// That of the job's own monitor, whoever has its handle later.
    private final String name;

    /// Written before the act is begun, read after it.
    private volatile long intent;

    Repair(int monitor, int number, int attempt) {
      this.monitor = monitor;
      this.number = number;
      this.attempt = attempt;
      this.name = Repairs.name(owner());
    }

    private @Nullable Watched owner() {
      return table.owner(Lane.INTERVENTION, monitor, number);
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public @Nullable Refusal before() {
      if (stopping) {
        return left();
      }
      Watched owner = owner();
      if (owner == null) {
        return refused(REMOVED);
      }
      MonitorSpec spec = owner.spec();
      InterventionConfig config = spec.intervention();
      if (config == null) {
        return refused(NONE_ANY_MORE);
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
        safeguard.takeBack(spec, now);
        return refused("refused because it could not be written down before: " + e.getMessage());
      }
      // The disk may have taken seconds.
      String stopped = stopping ? STOPPING : safeguard.stopped();
      if (stopped != null) {
        safeguard.takeBack(spec, now);
        log.ended(intent, End.NOT_DONE, clock.getAsLong(), stopped);
        return stopping ? left() : refused("refused because " + stopped);
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

    /// Neither done nor failed: the checks after the next start decide.
    private Refusal left() {
      audit(name, "refused", "refused because " + STOPPING);
      return new Refusal(Reason.ABORTED, STOPPING);
    }

    private Refusal refused(String text) {
      audit(name, "refused", text);
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
