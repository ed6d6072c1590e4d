package dev.cpra.daemon.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.manifest.MonitorSpec;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was written down of the configuration that runs, for [Plan#since]: names and digests, one
/// line each, no secret. Immutable.
///
/// @param monitors by name, in the order of the configuration
/// @param policy what holds beside them
public record RunningRecord(Map<String, Parts> monitors, Parts policy) {
  private static final String FILE = "running.tsv";
  private static final String FORMAT = "cpra-running\t1";
  private static final int MONITORS_MAX = 1 << 24;
  private static final int LINE_MAX = 1_024;

  /// Of this configuration.
  public static RunningRecord of(Configuration configuration) {
    Map<String, Parts> monitors = new LinkedHashMap<>();
    for (MonitorSpec spec : configuration.monitors()) {
      if (spec.enabled()) {
        monitors.put(spec.name(), Parts.of(spec));
      }
    }
    return new RunningRecord(monitors, Parts.of(configuration.policy()));
  }

  /// Writes down this configuration in the daemon's folder, all or nothing, one monitor at a time.
  public static void write(Configuration configuration, Path data) throws IOException {
    Digests digests = new Digests();
    Path fresh = data.resolve(FILE + ".new");
    try (FileChannel file =
            FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        BufferedWriter out = new BufferedWriter(Channels.newWriter(file, UTF_8))) {
      out.write(FORMAT + "\n");
      out.write(line("", Parts.of(configuration.policy())));
      for (MonitorSpec spec : configuration.monitors()) {
        if (spec.enabled()) {
          out.write(line(spec.name(), digests.parts(spec)));
        }
      }
      out.flush();
      file.force(true);
    }
    Files.move(
        fresh,
        data.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String line(String name, Parts parts) {
    return name + "\t" + String.join("\t", parts.digests()) + "\n";
  }

  /// Reads what the daemon with this folder wrote down last.
  ///
  /// @return null if it never did
  /// @throws IOException if it cannot be read or is damaged; the message says which and what to do
  public static @Nullable RunningRecord read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
      if (!FORMAT.equals(in.readLine())) {
        throw damaged(file, 1);
      }
      Parts policy = null;
      Map<String, Parts> monitors = new LinkedHashMap<>();
      String text = in.readLine();
      for (int line = 2; text != null; line++) {
        List<String> parts = new ArrayList<>(Arrays.asList(text.split("\t", -1)));
        String name = parts.removeFirst();
        List<String> names = policy == null ? Parts.OF_POLICY : Parts.OF_MONITOR;
        if (parts.size() != names.size()
            || text.length() > LINE_MAX
            || monitors.size() >= MONITORS_MAX) {
          throw damaged(file, line);
        }
        if (policy == null) {
          policy = new Parts(names, parts);
        } else {
          monitors.put(name, new Parts(names, parts));
        }
        text = in.readLine();
      }
      if (policy == null) {
        throw damaged(file, 2);
      }
      return new RunningRecord(monitors, policy);
    } catch (CharacterCodingException _) {
      throw damaged(file, 1);
    }
  }

  private static IOException damaged(Path file, int line) {
    return new IOException(
        file + ":" + line + ": is damaged; delete the file, the daemon writes it anew");
  }
}
