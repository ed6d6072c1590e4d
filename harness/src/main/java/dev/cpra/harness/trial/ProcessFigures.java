package dev.cpra.harness.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/// What the JVM and the kernel tell of this process. Stateless; any thread. Null where a system
/// does not tell.
public final class ProcessFigures {
  private static final double MIB = 1024.0 * 1024.0;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path STAT = Path.of("/proc/stat");

  /// user, nice, system, idle, iowait, irq, softirq, steal
  private static final int FIELDS_TO_STEAL = 8;

  private static final Pattern OTHER =
      Pattern.compile("-\\s+Other \\(reserved=\\d+KB, committed=(\\d+)KB");

  private ProcessFigures() {}

  /// Heap in use, garbage included, in MiB.
  static double heapMib() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
  }

  /// Heap in use after a collection, in bytes: the least of three, since a collection may leave
  /// what finalisers and reference queues still hold.
  static long heapAfterGc() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /// Collects all garbage, and tells what the heap held right after, in MiB: what was allocated
  /// since does not count.
  static double collectedHeapMib() {
    System.gc();
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        MemoryUsage after = pool.getCollectionUsage();
        bytes += (after == null ? pool.getUsage() : after).getUsed();
      }
    }
    return bytes / MIB;
  }

  /// Memory taken outside the heap by Java code (`Unsafe`, direct buffers, the foreign-function
  /// API) in bytes, by the JVM's native memory tracking; null if that is off.
  static @Nullable Long nativeBytes() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "vmNativeMemory",
                  new Object[] {new String[] {"summary"}},
                  new String[] {String[].class.getName()});
      Matcher found = OTHER.matcher(String.valueOf(text));
      if (found.find()) {
        return Long.parseLong(found.group(1)) * 1024;
      }
      return String.valueOf(text).contains("not enabled") ? null : Long.valueOf(0);
    } catch (JMException _) {
      return null;
    }
  }

  /// Resident memory now, in MiB.
  static @Nullable Double rssMib() {
    return statusMib("VmRSS:");
  }

  /// The most resident memory so far, in MiB.
  static @Nullable Double peakRssMib() {
    return statusMib("VmHWM:");
  }

  private static @Nullable Double statusMib(String key) {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.US_ASCII)) {
        if (line.startsWith(key)) {
          return Long.parseLong(line.substring(key.length()).replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
    } catch (IOException | NumberFormatException _) {
      return null;
    }
    return null;
  }

  /// Time of all processors since boot: all of it, and what the hypervisor gave to others; null
  /// where not told.
  public static long @Nullable [] totalAndSteal() {
    try {
      String line = Files.readAllLines(STAT, StandardCharsets.US_ASCII).getFirst();
      StringTokenizer fields = new StringTokenizer(line);
      fields.nextToken(); // "cpu"
      long total = 0;
      long last = 0;
      for (int i = 0; i < FIELDS_TO_STEAL; i++) {
        last = Long.parseLong(fields.nextToken());
        total += last;
      }
      return new long[] {total, last};
    } catch (IOException | NumberFormatException | NoSuchElementException _) {
      return null;
    }
  }
}
