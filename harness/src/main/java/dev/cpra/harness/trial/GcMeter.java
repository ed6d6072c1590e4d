package dev.cpra.harness.trial;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.cpra.harness.result.Gc;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// Counts the pauses of garbage collections while it is on. Thread-safe.
///
/// ZGC announces its cycles beside its pauses; the program runs during a cycle, so they do not
/// count.
final class GcMeter {
  private static final String CYCLES = "Cycles";

  private boolean measuring;
  private long count;
  private long totalMs;
  private long maxMs;

  void start() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (!bean.getName().endsWith(CYCLES) && bean instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener((notification, _) -> heard(notification), null, null);
      }
    }
  }

  private synchronized void heard(Notification notification) {
    if (measuring
        && notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
        && notification.getUserData() instanceof CompositeData data) {
      long ms = GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
      count++;
      totalMs += ms;
      maxMs = Math.max(maxMs, ms);
    }
  }

  /// Only what is heard while this is on counts.
  synchronized void measure(boolean on) {
    measuring = on;
  }

  synchronized Gc result() {
    return new Gc(count, totalMs, maxMs);
  }

  /// The collector's name, such as `PS MarkSweep` in its family's words.
  static String collector() {
    return String.join(
        ", ",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList());
  }
}
