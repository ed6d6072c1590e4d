package dev.cpra.engine.peers;

import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Vitals;
import org.jspecify.annotations.Nullable;

/// One monitor as a plain object. It stays with its handle: numbers go on when that is reused.
final class Watched {
  static final long NO_SLOT = Long.MAX_VALUE;

  final int handle;
  MonitorRules rules;
  int ruleId;

  /// The ring of deadlines of the rules' timeout.
  int ring;

  long vitals;
  long slot = NO_SLOT;

  /// When the pulse that waits or is in flight was due, else 0.
  long pulseDue;

  /// The deadline of the pulse in flight, else 0.
  long pulseDeadline;

  int pulseNumber;

  /// What only a monitor with a history has.
  @Nullable Trouble trouble;

  Watched(int handle, MonitorRules rules) {
    this.handle = handle;
    this.rules = rules;
  }

  /// Its trouble, made if there is none.
  Trouble trouble() {
    Trouble own = trouble;
    if (own == null) {
      trouble = own = new Trouble();
    }
    return own;
  }

  int phase() {
    return Vitals.phase(vitals);
  }

  boolean has(long flag) {
    return Vitals.has(vitals, flag);
  }

  /// Makes the handle a new monitor's, or nobody's.
  void reset(long nextSlot) {
    vitals = 0;
    slot = nextSlot;
    pulseDue = 0;
    pulseDeadline = 0;
    trouble = null;
  }

  /// Forgets the trouble if nothing is left of it.
  void tidy() {
    if (trouble != null && phase() < Vitals.INTERVENTION_DUE && trouble.isOver()) {
      trouble = null;
    }
  }
}
