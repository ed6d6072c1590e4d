package dev.cpra.daemon.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/// What waits to be written. Guarded by its log's lock.
final class Pending {
  /// Most lines for the audit log that wait.
  static final int AUDIT_MAX = 10_000;

  /// In the order in which they began to wait.
  private LinkedHashMap<String, MonitorRecord> states = new LinkedHashMap<>();

  private LinkedHashSet<String> removed = new LinkedHashSet<>();
  private List<Transaction.InterventionEnd> ends = new ArrayList<>();
  private List<AuditLine> audit = new ArrayList<>();
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

  void audit(AuditLine line) {
    if (audit.size() < AUDIT_MAX) {
      audit.add(line);
    } else {
      auditDropped++;
    }
  }

  boolean isEmpty() {
    return states.isEmpty() && removed.isEmpty() && ends.isEmpty() && audit.isEmpty();
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

  /// Takes everything, together with these interventions.
  Transaction take(List<InterventionRecord> begun, long handedNanos) {
    Transaction taken =
        new Transaction(
            List.copyOf(removed), List.copyOf(states.values()), begun, ends, audit, handedNanos);
    states = new LinkedHashMap<>();
    removed = new LinkedHashSet<>();
    ends = new ArrayList<>();
    audit = new ArrayList<>();
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
