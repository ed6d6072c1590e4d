package dev.cpra.harness.trial;

import dev.cpra.harness.result.Cpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// CPU time of this process's threads by group, from the kernel's per-thread accounts, which also
/// hold the JVM's own threads. Not thread-safe.
///
/// A thread's time counts from the first reading that saw it; what threads used that came and went
/// between two readings is in no group.
public final class ThreadTimes {
  /// The name of the thread that owns the engine.
  static final String ENGINE = "engine";

  /// What the names of worker threads start with.
  static final String WORKER_PREFIX = "work-";

  private static final Path TASKS = Path.of("/proc/self/task");

  private final Map<String, Integer> groupOf = new HashMap<>();

  /// CPU time so far, in nanoseconds, per group of [Cpu#GROUPS]; all 0 where the system does not
  /// tell.
  public long[] read() {
    long[] nanos = new long[Cpu.GROUPS.size()];
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        add(task, nanos);
      }
    } catch (IOException _) {
      return nanos; // not this operating system
    }
    return nanos;
  }

  private void add(Path task, long[] nanos) {
    try {
      int group = group(task);
      String account = Files.readString(task.resolve("schedstat"), StandardCharsets.US_ASCII);
      nanos[group] += Long.parseLong(account.substring(0, account.indexOf(' ')));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
      return; // the thread has just ended
    }
  }

  private int group(Path task) throws IOException {
    String id = String.valueOf(task.getFileName());
    Integer known = groupOf.get(id);
    if (known != null) {
      return known;
    }
    String name = Files.readString(task.resolve("comm"), StandardCharsets.UTF_8).strip();
    int group = Cpu.GROUPS.indexOf(groupOfName(name));
    groupOf.put(id, group);
    return group;
  }

  /// The group of a thread with this native name, of which the kernel keeps 15 bytes.
  static String groupOfName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals(ENGINE)) {
      return "engine";
    }
    if (lower.startsWith(WORKER_PREFIX)
        || lower.startsWith("cpra-")
        || lower.startsWith("probe")
        || lower.startsWith("netty")
        || lower.startsWith("epoll")) {
      return "workers";
    }
    if (lower.startsWith("gc ") || lower.startsWith("g1 ") || lower.startsWith("parallel")) {
      return "gc";
    }
    if (lower.startsWith("c1 ") || lower.startsWith("c2 ")) {
      return "compiler";
    }
    return "other";
  }

  /// The difference of two readings as cores used per group.
  static Map<String, Double> cores(long[] before, long[] after, long wallNanos) {
    Map<String, Double> cores = new LinkedHashMap<>();
    for (int g = 0; g < before.length; g++) {
      cores.put(Cpu.GROUPS.get(g), (after[g] - before[g]) / (double) Math.max(1, wallNanos));
    }
    return cores;
  }
}
