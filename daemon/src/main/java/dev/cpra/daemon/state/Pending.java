package dev.cpra.daemon.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What waits to be written. Guarded by its log's lock.
final class Pending {
  /// Most lines for the audit log that wait.
  static final int AUDIT_MAX = 10_000;

  /// In the order in which they began to wait.
  private LinkedHashMap<String, MonitorRecord> states = new LinkedHashMap<>();

  private List<String> removed = new ArrayList<>();
  private List<Changes.InterventionEnd> ends = new ArrayList<>();
  private List<AuditLine> audit = new ArrayList<>();
  private Map<String, Long> marks = new HashMap<>();
  private long auditDropped;

  void state(MonitorRecord state) {
    states.put(state.monitor(), state);
  }

  void removed(String monitor) {
    states.remove(monitor);
    removed.add(monitor);
  }

  void end(Changes.InterventionEnd end) {
    ends.add(end);
  }

  void audit(AuditLine line) {
    if (audit.size() < AUDIT_MAX) {
      audit.add(line);
    } else {
      auditDropped++;
    }
  }

  void mark(String name, long value) {
    marks.put(name, value);
  }

  boolean isEmpty() {
    return states.isEmpty()
        && removed.isEmpty()
        && ends.isEmpty()
        && audit.isEmpty()
        && marks.isEmpty();
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
  Changes take(List<InterventionRecord> begun, long handedNanos) {
    Changes taken =
        new Changes(removed, List.copyOf(states.values()), begun, ends, audit, marks, handedNanos);
    states = new LinkedHashMap<>();
    removed = new ArrayList<>();
    ends = new ArrayList<>();
    audit = new ArrayList<>();
    marks = new HashMap<>();
    return taken;
  }

  /// Puts back what was not written, behind nothing that came since: what is newer wins, what is
  /// older goes first.
  void putBack(Changes lost) {
    LinkedHashMap<String, MonitorRecord> all = new LinkedHashMap<>();
    Set<String> gone = new HashSet<>(removed);
    for (MonitorRecord state : lost.states()) {
      if (!gone.contains(state.monitor())) {
        all.put(state.monitor(), state);
      }
    }
    all.putAll(states);
    states = all;
    removed.addAll(0, lost.removed());
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
    Map<String, Long> figures = new HashMap<>(lost.marks());
    figures.putAll(marks);
    marks = figures;
  }
}
