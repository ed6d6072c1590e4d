package dev.cpra.engine.ecs;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.HandleTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The monitors by handle, and the coming and going of their rare components.
///
/// A component is in force from the moment it is [added][#addIntervention], through the reference
/// in [Rare]; the world learns of it when commands are played back.
final class Monitors {
  /// Room for what a tick records where each pulse is a structural change: two commands for each
  /// job of a queue of usual size.
  private static final int COMMANDS_KEPT = 1 << 17;

  final Moment moment;
  final HandleTable handles;
  final RareList rareList = new RareList();
  final StructuralChanges changes;
  final PulseMarks marks;
  final SlotIndex slots;
  final Deadlines deadlines;
  final RuleBook rules;
  private final Transitions listener;
  private final int max;
  private Pulse[] pulse = new Pulse[0];

  Monitors(
      EngineLimits limits,
      EcsOptions options,
      Moment moment,
      World world,
      LaneLedger pulses,
      Transitions listener) {
    this.moment = moment;
    this.listener = listener;
    max = limits.maxMonitors();
    handles = new HandleTable(max);
    changes = changes(options, world);
    marks = marks(options, changes);
    boolean scans = options.index() == EcsOptions.Index.SCAN;
    slots =
        scans ? new ScanOfSlots(this, limits.tickNanos()) : new WheelOfSlots(limits.tickNanos());
    deadlines = scans ? new ScanOfDeadlines(this, pulses, max) : new RingsOfDeadlines(this);
    rules = new RuleBook(limits, deadlines);
  }

  private static StructuralChanges changes(EcsOptions options, World world) {
    if (options.structure() == EcsOptions.Structure.EAGER) {
      return new ChangesAtOnce(world);
    }
    return options.state() == EcsOptions.State.FIELD
        ? new CommandBuffer()
        : new CommandBuffer(COMMANDS_KEPT);
  }

  private static PulseMarks marks(EcsOptions options, StructuralChanges changes) {
    return switch (options.state()) {
      case FIELD -> new NoMarks();
      case TAG -> new TagMarks(changes);
      case ENUM -> new StateMarks(changes);
    };
  }

  // --- monitors

  /// A new monitor on this handle. Its number goes on from that of the handle's last monitor.
  void create(int handle, Rules ofMonitor, long firstDueNanos) {
    if (handle >= pulse.length) {
      int length = Math.min(max, Math.max(handle + 1, Math.max(16, 2 * pulse.length)));
      pulse = Arrays.copyOf(pulse, length);
    }
    Pulse created = pulse[handle];
    if (created == null) {
      created = new Pulse(handle, ofMonitor);
      pulse[handle] = created;
    }
    created.rules = ofMonitor;
    schedule(created, firstDueNanos);
    changes.create(created);
  }

  /// The monitor goes; what it had in flight or waiting was ended before.
  void delete(Pulse gone) {
    removeIntervention(gone);
    removeAlertQueue(gone);
    removeIncident(gone);
    forgetDue(gone);
    changes.delete(gone);
    rules.release(gone.rules.id);
    gone.vitals = (int) Vitals.INITIAL;
    gone.slotNanos = Long.MAX_VALUE;
    handles.retire(gone.handle);
    handles.free(gone.handle);
  }

  /// The monitor with this handle, which must be in use or have been.
  Pulse get(int handle) {
    return pulse[handle];
  }

  /// The monitor a worker names, null if there never was one.
  @Nullable Pulse find(int handle) {
    return handle >= 0 && handle < pulse.length ? pulse[handle] : null;
  }

  /// The next slot of a monitor.
  void schedule(Pulse of, long slotNanos) {
    of.slotNanos = slotNanos;
    slots.schedule(of.handle, moment.tickAtOrAfter(slotNanos));
  }

  /// Keeps the due time of the pulse that waits or is in flight, because the next slot is not one
  /// interval later.
  void keepDue(Pulse of, long dueNanos) {
    Rare rare = addRare(of);
    rare.keepsDue = true;
    rare.dueNanos = dueNanos;
  }

  /// The pulse has ended or was given up.
  void forgetDue(Pulse of) {
    Rare rare = of.rare;
    if (rare != null && rare.keepsDue) {
      rare.keepsDue = false;
      tidy(of, rare);
    }
  }

  // --- vitals

  /// The whole vitals of a monitor.
  static long vitals(Pulse of) {
    Rare rare = of.rare;
    if (rare == null) {
      return of.vitals;
    }
    Intervention intervention = rare.intervention;
    return intervention == null
        ? of.vitals
        : of.vitals | (long) intervention.counters << Pulse.LOW_BITS;
  }

  /// Stores vitals without effects and tells the listener what changed.
  void store(Pulse of, long before, long after) {
    storeSilently(of, before, after);
    if (((before ^ after) & Transitions.WATCHED) != 0) {
      listener.changed(of.handle, before, after, moment.now);
    }
  }

  /// Stores vitals without effects.
  void storeSilently(Pulse of, long before, long after) {
    of.vitals = (int) (after & Pulse.LOW_MASK);
    int counters = (int) (after >>> Pulse.LOW_BITS);
    if (counters != 0) {
      addIntervention(of).counters = counters;
    } else if (of.rare != null && of.rare.intervention != null) {
      of.rare.intervention.counters = 0;
    }
    if (Vitals.has(before ^ after, Vitals.INCIDENT)) {
      if (Vitals.has(after, Vitals.INCIDENT)) {
        addIncident(of);
      } else {
        removeIncident(of);
      }
    }
  }

  // --- rare components

  static @Nullable Intervention intervention(Pulse of) {
    return of.rare == null ? null : of.rare.intervention;
  }

  static @Nullable AlertQueue alertQueue(Pulse of) {
    return of.rare == null ? null : of.rare.alertQueue;
  }

  static @Nullable Incident incident(Pulse of) {
    return of.rare == null ? null : of.rare.incident;
  }

  /// The monitor's intervention, added if it has none.
  Intervention addIntervention(Pulse of) {
    Rare rare = addRare(of);
    Intervention intervention = rare.intervention;
    if (intervention == null) {
      rare.intervention = intervention = new Intervention();
      changes.add(of, intervention);
    }
    return intervention;
  }

  /// The monitor's undelivered alerts, added if it has none.
  AlertQueue addAlertQueue(Pulse of) {
    Rare rare = addRare(of);
    AlertQueue queue = rare.alertQueue;
    if (queue == null) {
      rare.alertQueue = queue = new AlertQueue();
      changes.add(of, queue);
    }
    return queue;
  }

  private void addIncident(Pulse of) {
    Rare rare = addRare(of);
    if (rare.incident == null) {
      rare.incident = new Incident();
      changes.add(of, rare.incident);
    }
  }

  /// Removes the intervention once it says nothing any more.
  void tidyIntervention(Pulse of) {
    Intervention intervention = intervention(of);
    if (intervention != null
        && intervention.counters == 0
        && intervention.nanos == 0
        && of.phase() <= Vitals.PULSE_IN_FLIGHT) {
      removeIntervention(of);
    }
  }

  private void removeIntervention(Pulse of) {
    Rare rare = of.rare;
    if (rare != null && rare.intervention != null) {
      changes.remove(of, rare.intervention);
      rare.intervention = null;
      tidy(of, rare);
    }
  }

  void removeAlertQueue(Pulse of) {
    Rare rare = of.rare;
    if (rare != null && rare.alertQueue != null) {
      changes.remove(of, rare.alertQueue);
      rare.alertQueue = null;
      tidy(of, rare);
    }
  }

  private void removeIncident(Pulse of) {
    Rare rare = of.rare;
    if (rare != null && rare.incident != null) {
      changes.remove(of, rare.incident);
      rare.incident = null;
      tidy(of, rare);
    }
  }

  private Rare addRare(Pulse of) {
    Rare rare = of.rare;
    if (rare == null) {
      of.rare = rare = new Rare(of);
      rareList.add(rare);
    }
    return rare;
  }

  private void tidy(Pulse of, Rare rare) {
    if (rare.isEmpty()) {
      rareList.remove(rare);
      of.rare = null;
    }
  }
}
