package dev.cpra.daemon.core;

import dev.cpra.manifest.MonitorSpec;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which monitor a handle means, and which handle a name has.
///
/// Written by the engine's owner only. Handles may be looked up by any thread; names by the owner.
final class MonitorTable {
  private final AtomicReferenceArray<@Nullable Watched> monitors;
  private final NameIndex handles = new NameIndex(this::nameOrNull);
  private volatile int count;
  private int end;

  /// An empty table.
  ///
  /// @param monitorsMax handles are below this
  MonitorTable(int monitorsMax) {
    monitors = new AtomicReferenceArray<>(monitorsMax);
  }

  /// A handle means this monitor from now on.
  void put(int handle, Watched monitor) {
    Watched before = monitors.get(handle);
    if (before != null && !before.spec().name().equals(monitor.spec().name())) {
      handles.remove(before.spec().name(), handle);
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

  /// The name of a handle in use.
  String name(int handle) {
    Watched monitor = get(handle);
    return monitor == null ? "(removed)" : monitor.spec().name();
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

  /// The handle of a name, or -1. The owner's.
  int handle(String name) {
    return handles.find(name);
  }

  /// How many monitors there are. Any thread.
  int count() {
    return count;
  }
}
