package dev.cpra.harness.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import one.profiler.AsyncProfiler;

/// Async-profiler's native library, which comes inside its jar. Stateless.
public final class ProfilerLibrary {
  private ProfilerLibrary() {}

  /// Copies the library for this machine into a folder.
  ///
  /// @return the file
  /// @throws ProfilerUnavailableException if there is none for this machine
  public static Path extract(Path folder) throws IOException, ProfilerUnavailableException {
    return extract(System.getProperty("os.name"), System.getProperty("os.arch"), folder);
  }

  static Path extract(String system, String architecture, Path folder)
      throws IOException, ProfilerUnavailableException {
    String resource = platform(system, architecture) + "/libasyncProfiler.so";
    try (InputStream library = AsyncProfiler.class.getResourceAsStream("/" + resource)) {
      if (library == null) {
        throw new ProfilerUnavailableException(
            "async-profiler has no library for %s on %s; it runs on Linux (x64, arm64) and macOS"
                .formatted(system, architecture));
      }
      Files.createDirectories(folder);
      Path file = folder.resolve("libasyncProfiler.so").toAbsolutePath();
      Files.copy(library, file);
      return file;
    }
  }

  /// The folder of a platform in the jar, which may not be there.
  private static String platform(String system, String architecture) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "macos";
    }
    String processor =
        switch (architecture) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> architecture;
        };
    return name.split(" ", 2)[0] + "-" + processor;
  }
}
