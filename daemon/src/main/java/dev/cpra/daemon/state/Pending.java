package dev.cpra.daemon.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What waits to be written. Guarded by its log's lock.
final class Pending {
  /// Heartbeats in one transaction.
  static final int HEARTBEATS_PER_COMMIT = 10_000;

  /// Most lines for the audit log that wait.
  static final int AUDIT_MAX = 10_000;

  /// In the order in which they began to wait.
  private LinkedHashMap<String, MonitorRecord> states = new LinkedHashMap<>();

  private LinkedHashSet<String> removed = new LinkedHashSet<>();
  private List<Transaction.InterventionEnd> ends = new ArrayList<>();
  private List<AuditLine> audit = new ArrayList<>();
  private Map<String, Long> heartbeats = new LinkedHashMap<>();
  private long auditDropped;

  void state(MonitorRecord state) {
    states.put(state.monitor(), state);
  }

  void removed(String monitor) {
    states.remove(monitor);
    removed.add(monitor);
  }

  void end(Transaction.InterventionEnd end) {
    ends.add(end);
  }

  void heard(String id, long nanos) {
    heartbeats.merge(id, nanos, Math::max);
  }

  void audit(AuditLine line) {
    if (audit.size() < AUDIT_MAX) {
      audit.add(line);
    } else {
      auditDropped++;
    }
  }

  boolean isEmpty() {
    return heartbeats.isEmpty() && isPatient();
  }

  /// Whether nothing waits but heartbeats.
  boolean isPatient() {
    return states.isEmpty() && removed.isEmpty() && ends.isEmpty() && audit.isEmpty();
  }

  int heartbeats() {
    return heartbeats.size();
  }

  int states() {
    return states.size();
  }

  long auditDropped() {
    return auditDropped;
  }

  /// When the state that waits longest was so; 0 if none waits.
  long oldestNanos() {
    return states.isEmpty() ? 0 : states.values().iterator().next().atNanos();
  }

  /// Takes everything, together with these interventions; of the heartbeats as many as one
  /// transaction holds.
  Transaction take(List<InterventionRecord> begun, long handedNanos) {
    Transaction taken =
        new Transaction(
            List.copyOf(removed),
            List.copyOf(states.values()),
            begun,
            ends,
            audit,
            takeHeartbeats(),
            handedNanos);
    states = new LinkedHashMap<>();
    removed = new LinkedHashSet<>();
    ends = new ArrayList<>();
    audit = new ArrayList<>();
    return taken;
  }

  private Map<String, Long> takeHeartbeats() {
    Map<String, Long> taken = heartbeats;
    heartbeats = new LinkedHashMap<>();
    if (taken.size() > HEARTBEATS_PER_COMMIT) {
      Map<String, Long> some = new LinkedHashMap<>();
      for (Map.Entry<String, Long> each : taken.entrySet()) {
        (some.size() < HEARTBEATS_PER_COMMIT ? some : heartbeats)
            .put(each.getKey(), each.getValue());
      }
      return some;
    }
    return taken;
  }

  /// Puts back what was not written, behind nothing that came since: what is newer wins, what is
  /// older goes first.
  void putBack(Transaction lost) {
    LinkedHashMap<String, MonitorRecord> all = new LinkedHashMap<>();
    for (MonitorRecord state : lost.states()) {
      if (!removed.contains(state.monitor())) {
        all.put(state.monitor(), state);
      }
    }
    all.putAll(states);
    states = all;
    removed.addAll(lost.removed());
    lost.heartbeats().forEach(this::heard);
    ends.addAll(0, lost.ends());
    List<AuditLine> lines = new ArrayList<>(lost.audit());
    for (AuditLine line : audit) {
      if (lines.size() < AUDIT_MAX) {
        lines.add(line);
      } else {
        auditDropped++;
      }
    }
    audit = lines;
  }
}
