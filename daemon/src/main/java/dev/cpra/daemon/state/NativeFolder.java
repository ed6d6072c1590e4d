package dev.cpra.daemon.state;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where SQLite's driver unpacks its native library: a folder beside the state. A process that is
/// killed leaves its copy behind; the next one on the same data, which nobody else then has,
/// removes it.
final class NativeFolder {
  private static final String NAME = "native";

  /// The driver's setting; whoever set it knows better.
  private static final String PROPERTY = "org.sqlite.tmpdir";

  private NativeFolder() {}

  /// Empties the folder of what is the driver's, and has it used. To be called before the driver
  /// is.
  ///
  /// @param data an existing folder
  /// @throws StateException if the folder cannot be used
  static void prepare(Path data) throws StateException {
    Path folder = data.resolve(NAME).toAbsolutePath();
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new StateException(
          folder
              + ": the folder of the database's library cannot be used ("
              + e
              + "); make room there and let the daemon's user write to it, or name another folder"
              + " with --data",
          e);
    }
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, folder.toString());
    }
  }
}
