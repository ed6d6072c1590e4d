package dev.cpra.harness.trial;

import dev.cpra.harness.result.Jvm;
import dev.cpra.harness.result.Sleep;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// The process that this code runs in.
public final class ThisJvm {
  private ThisJvm() {}

  /// Its id, version, collector and flags.
  ///
  /// @param sleep how the trial's threads slept; null in virtual time
  static Jvm describe(@Nullable Sleep sleep) {
    return new Jvm(
        ProcessHandle.current().pid(),
        version(),
        GcMeter.collector(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        sleep);
  }

  /// The JVM's name and version.
  public static String version() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.runtime.version", "of unknown version");
  }
}
