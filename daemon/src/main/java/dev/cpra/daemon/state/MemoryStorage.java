package dev.cpra.daemon.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A disk that lasts as long as its process: what was committed is found again by the next log that
/// is opened on it, what was not is lost. For tests, and for daemons that keep nothing.
public final class MemoryStorage implements Storage {
  /// Most interventions and lines of the audit log that are kept.
  static final int KEPT = 100_000;

  private final Map<String, MonitorRecord> monitors = new HashMap<>();
  private final Map<Long, InterventionRecord> interventions = new LinkedHashMap<>();
  private final Map<String, Long> heartbeats = new HashMap<>();
  private final List<AuditLine> audit = new ArrayList<>();
  private long lastIntervention;
  private long lastNanos;
  private Runnable atCommit = () -> {};
  private @Nullable String refusal;

  /// What is done before and after every commit; may throw, as a crash does.
  public synchronized void atCommit(Runnable step) {
    atCommit = step;
  }

  /// From now on every commit is refused, as by a full disk; null for none.
  public synchronized void refuse(@Nullable String why) {
    refusal = why;
  }

  @Override
  public synchronized RecoveredState load() {
    return new RecoveredState(
        Map.copyOf(monitors),
        List.copyOf(interventions.values()),
        lastIntervention,
        Map.copyOf(heartbeats),
        lastNanos);
  }

  /// The audit log.
  public synchronized List<AuditLine> audit() {
    return List.copyOf(audit);
  }

  @Override
  public synchronized void commit(Transaction changes) throws StateException {
    atCommit.run();
    if (refusal != null) {
      throw new StateException(refusal, null);
    }
    for (InterventionRecord begun : changes.begun()) {
      if (begun.id() <= lastIntervention) {
        throw new StateException(
            "the id " + begun.id() + " was given to an intervention before", null);
      }
    }
    for (String name : changes.removed()) {
      monitors.remove(name);
      interventions.values().removeIf(done -> done.intent().monitor().equals(name));
    }
    for (MonitorRecord state : changes.states()) {
      monitors.put(state.monitor(), state);
    }
    for (InterventionRecord begun : changes.begun()) {
      lastIntervention = begun.id();
      interventions.put(begun.id(), begun);
      lastNanos = Math.max(lastNanos, begun.intent().begunNanos());
    }
    for (Transaction.InterventionEnd end : changes.ends()) {
      interventions.computeIfPresent(
          end.id(),
          (id, was) ->
              new InterventionRecord(id, was.intent(), end.end(), end.nanos(), end.text()));
    }
    heartbeats.putAll(changes.heartbeats());
    audit.addAll(changes.audit());
    if (audit.size() > KEPT) {
      audit.subList(0, audit.size() - KEPT).clear();
    }
    while (interventions.size() > KEPT) {
      interventions.remove(interventions.keySet().iterator().next());
    }
    lastNanos = Math.max(lastNanos, changes.lastNanos());
    atCommit.run();
  }

  @Override
  public void close() {
    // What was committed stays for whoever opens it next.
  }
}
