package dev.cpra.harness.trial;

import dev.cpra.harness.result.Jvm;
import java.lang.management.ManagementFactory;

/// The process that this code runs in.
public final class ThisJvm {
  private ThisJvm() {}

  /// Its id, version, collector and flags.
  public static Jvm describe() {
    return new Jvm(
        ProcessHandle.current().pid(),
        version(),
        GcMeter.collector(),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /// The JVM's name and version.
  public static String version() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.runtime.version", "of unknown version");
  }
}
