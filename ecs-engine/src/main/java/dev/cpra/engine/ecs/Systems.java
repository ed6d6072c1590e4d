package dev.cpra.engine.ecs;

import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.CallBuffer;

/// The systems, in the order of a tick.
final class Systems {
  private final Monitors monitors;
  private final Moment moment;
  private final Ledger ledger;
  private final Interventions interventions;
  private final Codes codes;
  private final CopyStates states;
  private final ApplyCalls applyCalls;
  private final CancelWaiting cancelWaiting;
  private final ApplyPulseOutcomes applyPulseOutcomes;
  private final ApplyInterventionOutcomes applyInterventionOutcomes;
  private final ApplyCodeOutcomes applyCodeOutcomes;
  private final ExpireOverduePulses expireOverduePulses;
  private final ExpireOverdueInterventions expireOverdueInterventions;
  private final ExpireOverdueCodes expireOverdueCodes;
  private final RemindOfIncidents remindOfIncidents;
  private final PlayBackCommands playBackCommands;
  private final BookDueSlots bookDueSlots;
  private final BookDueInterventions bookDueInterventions;
  private final BookDueCodes bookDueCodes;
  private final DispatchPulses dispatchPulses;
  private final DispatchInterventions dispatchInterventions;
  private final DispatchCodes dispatchCodes;
  private boolean drained;

  Systems(Monitors monitors, World world, Lanes lanes, Ledger ledger, Transitions listener) {
    this.monitors = monitors;
    this.moment = monitors.moment;
    this.ledger = ledger;
    Monitors m = monitors;
    Roll roll = new Roll(world, m.rareList);
    WaitingLine line = new WaitingLine(m);
    Interventions i = new Interventions(m, ledger.intervention, listener);
    Codes c = new Codes(m, ledger, listener);
    interventions = i;
    codes = c;
    ApplyEffects effects = new ApplyEffects(m, i, c);
    states = new CopyStates(m, i, c);
    applyCalls = new ApplyCalls(m, line, i, c, effects, ledger, listener);
    cancelWaiting = new CancelWaiting(m, line, i, c, roll, ledger.pulse, listener);
    applyPulseOutcomes = new ApplyPulseOutcomes(m, effects, lanes.pulse(), ledger.pulse, listener);
    applyInterventionOutcomes =
        new ApplyInterventionOutcomes(
            m, i, effects, lanes.intervention(), ledger.intervention, listener);
    applyCodeOutcomes = new ApplyCodeOutcomes(m, c, lanes.code(), ledger.code, listener);
    expireOverduePulses = new ExpireOverduePulses(m, effects, ledger.pulse, listener);
    expireOverdueInterventions =
        new ExpireOverdueInterventions(m, i, effects, roll, ledger.intervention);
    expireOverdueCodes = new ExpireOverdueCodes(m, c, roll, ledger.code);
    remindOfIncidents = new RemindOfIncidents(m, c, effects, roll);
    playBackCommands = new PlayBackCommands(m.changes, world);
    bookDueSlots = new BookDueSlots(m, line, ledger.pulse, listener);
    bookDueInterventions = new BookDueInterventions(m, i, ledger.intervention);
    bookDueCodes = new BookDueCodes(m, c, ledger.code);
    dispatchPulses = new DispatchPulses(m, line, lanes.pulse(), ledger.pulse, listener);
    dispatchInterventions =
        new DispatchInterventions(m, i, lanes.intervention(), ledger.intervention, listener);
    dispatchCodes = new DispatchCodes(m, c, lanes.code(), ledger.code, listener);
  }

  CopyStates states() {
    return states;
  }

  /// One tick. Reminders come before playback, so that every alert that is dispatched stands in the
  /// world before it may expire.
  ///
  /// @return how many jobs and outcomes were handled
  int run(CallBuffer calls) {
    if (states.run()) {
      playBackCommands.run(); // what was restored stands in the world before anybody asks it
    }
    if (calls.size() > 0) {
      applyCalls.run(calls);
    }
    if (moment.draining && !drained) {
      drained = true;
      cancelWaiting.run();
    }
    int work = applyPulseOutcomes.run();
    work += applyInterventionOutcomes.run();
    work += applyCodeOutcomes.run();
    work += expireOverduePulses.run();
    work += expireOverdueInterventions.run();
    work += expireOverdueCodes.run();
    if (moment.draining) {
      playBackCommands.run();
    } else {
      remindOfIncidents.run();
      playBackCommands.run();
      bookDueSlots.run();
      bookDueInterventions.run();
      bookDueCodes.run();
      work += dispatchPulses.run();
      work += dispatchInterventions.run();
      work += dispatchCodes.run();
    }
    moment.bookedTick = moment.tick();
    return work;
  }

  /// The earliest time at which anything may have to be done.
  long nextWakeupNanos() {
    if (monitors.handles.usedCount() == 0) {
      return Long.MAX_VALUE; // what the indexes still hold is of monitors that are gone
    }
    long next = monitors.deadlines.earliest();
    next = Math.min(next, interventions.earliestExpiry);
    next = Math.min(next, codes.earliestExpiry);
    if (moment.draining) {
      return next;
    }
    if (ledger.pulse.waiting + ledger.intervention.waiting + ledger.code.waiting > 0) {
      next = Math.min(next, (moment.bookedTick + 1) * moment.tickNanos());
    }
    next = Math.min(next, interventions.due.firstTime());
    next = Math.min(next, codes.due.firstTime());
    next = Math.min(next, codes.earliestReminder);
    long never = Long.MAX_VALUE / moment.tickNanos();
    long tick = monitors.slots.earliest(never);
    return tick == never ? next : Math.min(next, tick * moment.tickNanos());
  }

  /// For tests: how many deliveries stand in line, with those given up.
  int waitingCodes() {
    return codes.waiting.size();
  }
}
