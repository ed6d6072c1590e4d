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

  /// When the first change since the last [#take] came; 0 for none. What comes again while it waits
  /// has waited since it came first.
  private long sinceNanos;

  /// The same of what was taken and is not written yet.
  private long takenSinceNanos;

  void state(MonitorRecord state) {
    came(state.atNanos());
    states.put(state.monitor(), state);
  }

  /// @param nanos a time that is not after now
  void removed(String monitor, long nanos) {
    came(nanos);
    states.remove(monitor);
    removed.add(monitor);
  }

  void end(Transaction.InterventionEnd end) {
    came(end.nanos());
    ends.add(end);
  }

  void heard(String id, long nanos) {
    came(nanos);
    heartbeats.merge(id, nanos, Math::max);
  }

  void audit(AuditLine line) {
    came(line.atNanos());
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

  private void came(long nanos) {
    if (sinceNanos == 0) {
      sinceNanos = nanos;
    }
  }

  /// Since when the oldest change waits that is not on disk, whether it was taken or not; 0 if
  /// there is none. Of a batch that is written in parts it is the first one's until all are.
  long oldestNanos() {
    return takenSinceNanos == 0 ? sinceNanos : takenSinceNanos;
  }

  /// Takes everything, together with these interventions; of the heartbeats as many as one
  /// transaction holds.
  Transaction take(List<InterventionRecord> begun, long handedNanos) {
    if (!begun.isEmpty()) {
      came(begun.getFirst().intent().begunNanos());
    }
    takenSinceNanos = sinceNanos;
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
    sinceNanos = heartbeats.isEmpty() ? 0 : takenSinceNanos;
    return taken;
  }

  /// What was taken is on disk.
  void written() {
    takenSinceNanos = 0;
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
    sinceNanos = isEmpty() ? 0 : oldestNanos(); // what came since came later
    takenSinceNanos = 0;
  }
}
