package dev.cpra.probes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Kills a program with all its children, also those that left it for another parent: they carry a
/// mark in their environment.
final class ProcessTree {
  /// The variable that holds a run's mark.
  static final String MARK = "CPRA_EXEC_ID";

  /// A family that goes on to fork may outrun one look.
  private static final int LOOKS_MAX = 8;

  private static final Path PROC = Path.of("/proc");

  private ProcessTree() {}

  /// Kills all there is.
  static void kill(Process process, String mark) {
    byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < LOOKS_MAX; i++) {
      List<ProcessHandle> found = new ArrayList<>(process.descendants().toList());
      found.addAll(marked(wanted));
      if (process.isAlive()) {
        found.add(process.toHandle());
      }
      found.removeIf(each -> !each.isAlive());
      if (found.isEmpty()) {
        return;
      }
      found.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static List<ProcessHandle> marked(byte[] wanted) {
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path each : all) {
        if (holds(each.resolve("environ"), wanted)) {
          ProcessHandle.of(Long.parseLong(each.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException | RuntimeException _) {
      // no such folder outside Linux: the children known to the JDK have to do
    }
    return found;
  }

  private static boolean holds(Path environment, byte[] wanted) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(environment);
    } catch (IOException _) {
      return false; // gone, or somebody else's
    }
    int last = bytes.length - wanted.length;
    for (int from = 0; from <= last; from++) {
      if ((from == 0 || bytes[from - 1] == 0) && startsWith(bytes, from, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
