package dev.cpra.daemon.core;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which monitor a handle means, which handle a name has, and whose a job is.
///
/// A handle is free again at once when its monitor is removed, while a job of that monitor may
/// still wait in its lane's queue. Such a job must not be done as one of the monitor that has the
/// handle then, so its number is compared with those of the last jobs before that one came.
///
/// Written by the engine's owner only. Handles and jobs may be looked up by any thread; names by
/// the owner.
final class MonitorTable {
  /// What stands for the name of a monitor that is gone.
  static final String REMOVED = "(removed)";

  /// A job that is further behind than this is none of before, but one of after the numbers have
  /// gone round. No queue and no worker keeps one that long.
  private static final int BEHIND_MAX = 1 << 20;

  private final AtomicReferenceArray<@Nullable Watched> monitors;
  private final NameIndex handles = new NameIndex(this::nameOrNull);

  /// By handle and lane: the number of the last job before the handle got its monitor; 0 for a
  /// handle that never had another. Changed in place before the monitor is set, so that whoever
  /// sees a monitor sees its numbers.
  private volatile int[] before = new int[0];

  private volatile int count;
  private int end;

  /// An empty table.
  ///
  /// @param monitorsMax handles are below this
  MonitorTable(int monitorsMax) {
    monitors = new AtomicReferenceArray<>(monitorsMax);
  }

  /// A monitor gets a handle, which was another's before.
  ///
  /// @param pulse the number of the handle's last check
  /// @param intervention the number of the last intervention of any monitor
  /// @param code the number of the last delivery of any monitor
  void reuse(int handle, Watched monitor, int pulse, int intervention, int code) {
    int at = handle * Lane.COUNT;
    int[] numbers = before;
    if (at + Lane.COUNT > numbers.length) {
      int length = Math.max(at + Lane.COUNT, numbers.length + numbers.length / 2);
      before = numbers = Arrays.copyOf(numbers, length);
    }
    numbers[at + Lane.PULSE.ordinal()] = pulse;
    numbers[at + Lane.INTERVENTION.ordinal()] = intervention;
    numbers[at + Lane.CODE.ordinal()] = code;
    put(handle, monitor);
  }

  /// A new handle means this monitor from now on, or one in use means its monitor as it is now.
  void put(int handle, Watched monitor) {
    Watched was = monitors.get(handle);
    if (was != null && !was.spec().name().equals(monitor.spec().name())) {
      handles.remove(was.spec().name(), handle);
    }
    monitors.set(handle, monitor);
    handles.put(monitor.spec().name(), handle);
    count = handles.size();
    end = Math.max(end, handle + 1);
  }

  /// Every handle that was ever used is below this. The owner's.
  int handlesEnd() {
    return end;
  }

  /// A monitor is gone.
  void remove(int handle) {
    Watched gone = monitors.get(handle);
    if (gone != null) {
      handles.remove(gone.spec().name(), handle);
      monitors.set(handle, null);
      count = handles.size();
    }
  }

  /// The monitor with this handle, or null.
  @Nullable Watched get(int handle) {
    return handle < 0 || handle >= monitors.length() ? null : monitors.get(handle);
  }

  /// Whose job this is: null if its monitor was removed, also if another one has its handle by now.
  @Nullable Watched owner(Lane lane, int handle, int number) {
    Watched monitor = get(handle);
    if (monitor == null) {
      return null;
    }
    int[] numbers = before;
    int at = handle * Lane.COUNT + lane.ordinal();
    if (at >= numbers.length || numbers[at] == 0) {
      return monitor;
    }
    int behind = numbers[at] - number; // also right when the numbers have gone round
    return behind >= 0 && behind < BEHIND_MAX ? null : monitor;
  }

  /// The name of a handle in use.
  String name(int handle) {
    Watched monitor = get(handle);
    return monitor == null ? REMOVED : monitor.spec().name();
  }

  private @Nullable String nameOrNull(int handle) {
    Watched monitor = get(handle);
    return monitor == null ? null : monitor.spec().name();
  }

  /// The spec of a handle in use, or null.
  @Nullable MonitorSpec spec(int handle) {
    Watched monitor = get(handle);
    return monitor == null ? null : monitor.spec();
  }

  /// The tokens of heartbeats that its monitors wait for. The owner's.
  List<Secret> tokens() {
    List<Secret> tokens = new ArrayList<>();
    for (int handle = 0; handle < end; handle++) {
      MonitorSpec spec = spec(handle);
      if (spec != null && spec.pulse() instanceof HeartbeatConfig heartbeat) {
        tokens.add(heartbeat.token());
      }
    }
    return tokens;
  }

  /// The handle of a name, or -1. The owner's.
  int handle(String name) {
    return handles.find(name);
  }

  /// How many monitors there are. Any thread.
  int count() {
    return count;
  }
}
