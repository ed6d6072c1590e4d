package dev.cpra.engine.ecs;

import dev.cpra.engine.kit.HandleSort;
import dev.dominion.ecs.api.Results;
import java.util.Arrays;
import java.util.function.Predicate;

/// The handles of the monitors that a system serves, as a query of the world names them.
///
/// What a query sees is counted. If rows are missing (Dominion's iterators stop at an empty chunk),
/// the roll is called again from our own list, and the shortfall is counted. A row whose component
/// is no longer in force, because its removal is recorded and not yet played back, is left out.
final class Roll {
  private final World world;
  private final RareList rareList;
  private final HandleSort sort = new HandleSort();
  private int[] handle = new int[64];
  private int size;

  Roll(World world, RareList rareList) {
    this.world = world;
    this.rareList = rareList;
  }

  /// Calls the monitors with an intervention.
  void callInterventions() {
    size = 0;
    int seen = 0;
    for (Results.With2<Pulse, Intervention> row : world.withIntervention()) {
      seen++;
      if (Monitors.intervention(row.comp1()) == row.comp2()) {
        add(row.comp1());
      }
    }
    if (!world.sawAll(seen, world.interventions())) {
      callOwn(rare -> rare.intervention != null);
    }
  }

  /// Calls the monitors with undelivered alerts.
  void callAlertQueues() {
    size = 0;
    int seen = 0;
    for (Results.With2<Pulse, AlertQueue> row : world.withAlertQueue()) {
      seen++;
      if (Monitors.alertQueue(row.comp1()) == row.comp2()) {
        add(row.comp1());
      }
    }
    if (!world.sawAll(seen, world.alertQueues())) {
      callOwn(rare -> rare.alertQueue != null);
    }
  }

  /// Calls the monitors with an open incident.
  void callIncidents() {
    size = 0;
    int seen = 0;
    for (Results.With2<Pulse, Incident> row : world.withIncident()) {
      seen++;
      if (Monitors.incident(row.comp1()) == row.comp2()) {
        add(row.comp1());
      }
    }
    if (!world.sawAll(seen, world.incidents())) {
      callOwn(rare -> rare.incident != null);
    }
  }

  private void callOwn(Predicate<Rare> has) {
    size = 0;
    for (int i = 0; i < rareList.size(); i++) {
      Rare rare = rareList.get(i);
      if (has.test(rare)) {
        add(rare.pulse);
      }
    }
  }

  private void add(Pulse of) {
    if (size == handle.length) {
      handle = Arrays.copyOf(handle, 2 * size);
    }
    handle[size++] = of.handle;
  }

  int size() {
    return size;
  }

  int handle(int i) {
    return handle[i];
  }

  /// Puts a handle back at a place before the one read last, to keep some of them.
  void keep(int i, int kept) {
    handle[i] = kept;
  }

  /// Only the first few handles stay, ascending.
  void trim(int kept) {
    size = kept;
    sort.sort(handle, 0, kept);
  }
}
