package dev.cpra.harness.eval;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/// The command line of a forked JVM: the same Java and class path as this one's.
public final class JvmCommand {
  /// What every JVM that runs an engine, or a part of one, is started with.
  public static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Ddominion.show-banner=false",
          "-XX:+UseG1GC",
          "-XX:-UsePerfData");

  private static final long HEAP_BASE_MIB = 384;
  private static final long HEAP_BYTES_PER_MONITOR = 1_200;

  /// The name of every flag that chooses a collector ends so.
  private static final String COLLECTOR_SUFFIX = "GC";

  private static final long MIB = 1024 * 1024;

  private JvmCommand() {}

  /// The command.
  ///
  /// The heap is fixed, sized to the load with room for any engine. G1 is what the daemon runs on,
  /// and puts a large array at the start of a region: a record of 16 bytes in it then never lies
  /// across two cache lines. The parallel collector puts arrays at any multiple of 8 bytes, which
  /// the class path decides; a fifth of an engine's speed hung on that (decision 0024). An engine
  /// that allocates pays in pauses, which the report shows. Native memory tracking costs nothing
  /// where nothing is allocated natively in the steady state, and is what bytes per monitor are
  /// counted with.
  public static List<String> of(long monitors, String mainClass) {
    return of(monitors, List.of(), mainClass);
  }

  /// The command with more options, after the others; a collector among them replaces ours.
  static List<String> of(long monitors, List<String> options, String mainClass) {
    return of(monitors, options, mainClass, absolute(System.getProperty("java.class.path")));
  }

  /// The command with another class path.
  public static List<String> of(long monitors, String mainClass, String classPath) {
    return of(monitors, List.of(), mainClass, classPath);
  }

  private static List<String> of(
      long monitors, List<String> options, String mainClass, String classPath) {
    long heapMib = HEAP_BASE_MIB + monitors * HEAP_BYTES_PER_MONITOR / MIB;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    boolean collector = options.stream().anyMatch(option -> option.endsWith(COLLECTOR_SUFFIX));
    FLAGS.stream()
        .filter(flag -> !collector || !flag.endsWith(COLLECTOR_SUFFIX))
        .forEach(command::add);
    command.add("-XX:NativeMemoryTracking=summary");
    command.add("-Xms" + heapMib + "m");
    command.add("-Xmx" + heapMib + "m");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    return List.copyOf(command);
  }

  /// The child may run in another folder.
  public static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(classPath, File.pathSeparator);
    while (tokens.hasMoreTokens()) {
      entries.add(Path.of(tokens.nextToken()).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
