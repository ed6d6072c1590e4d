package dev.cpra.harness.trial;

import dev.cpra.harness.result.Cpu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// CPU time of this process's threads by group, from the kernel's per-thread accounts, which also
/// hold the JVM's own threads. Not thread-safe.
///
/// A thread's time counts from its start if a reading saw it, up to the last one that did; what
/// threads used that came and went between two readings is in no group. A thread that has ended
/// keeps its share: a group's time never falls.
public final class ThreadTimes {
  /// The name of the thread that owns the engine.
  static final String ENGINE = "engine";

  /// What the names of the collectors' threads start with: Parallel's and G1's, and those of ZGC.
  private static final List<String> COLLECTOR_PREFIXES =
      List.of("gc ", "g1 ", "parallel", "zworker", "zdriver", "zdirector", "zuncommit", "zstat");

  /// What the names of worker threads start with.
  static final String WORKER_PREFIX = "work-";

  private static final Path TASKS = Path.of("/proc/self/task");

  private final Path tasksFolder;

  /// Threads seen by the last reading, by the kernel's number.
  private Map<String, Account> live = new HashMap<>();

  /// What threads had used that were gone at the last reading, per group.
  private final long[] ended = new long[Cpu.GROUPS.size()];

  private record Account(int group, long nanos) {}

  /// Those of this process.
  public ThreadTimes() {
    this(TASKS);
  }

  /// Those of a folder in the shape of the kernel's.
  ThreadTimes(Path tasksFolder) {
    this.tasksFolder = tasksFolder;
  }

  /// CPU time so far, in nanoseconds, per group of [Cpu#GROUPS]; all 0 where the system does not
  /// tell.
  public long[] read() {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(tasksFolder)) {
      Map<String, Account> seen = new HashMap<>();
      for (Path task : tasks) {
        look(task, seen);
      }
      for (Account gone : live.values()) {
        ended[gone.group()] += gone.nanos();
      }
      live = seen;
    } catch (IOException _) {
      return ended.clone(); // not this operating system
    }
    long[] nanos = ended.clone();
    for (Account account : live.values()) {
      nanos[account.group()] += account.nanos();
    }
    return nanos;
  }

  /// Moves a thread from those seen before to those seen now.
  private void look(Path task, Map<String, Account> seen) {
    String id = String.valueOf(task.getFileName());
    try {
      String line = Files.readString(task.resolve("schedstat"), StandardCharsets.US_ASCII);
      long nanos = Long.parseLong(line.substring(0, line.indexOf(' ')));
      Account before = live.get(id);
      // The kernel gives numbers again: less time than before is another thread, and the former
      // stays among those that have ended.
      if (before != null && before.nanos() <= nanos) {
        live.remove(id);
        seen.put(id, new Account(before.group(), nanos));
      } else {
        seen.put(id, new Account(group(task), nanos));
      }
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
      return; // the thread has just ended
    }
  }

  private static int group(Path task) throws IOException {
    String name = Files.readString(task.resolve("comm"), StandardCharsets.UTF_8).strip();
    return Cpu.GROUPS.indexOf(groupOfName(name));
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
    if (COLLECTOR_PREFIXES.stream().anyMatch(lower::startsWith)) {
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
