package dev.cpra.manifest;

import dev.cpra.manifest.read.NameTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Which files a configuration has.
///
/// A directory stands for the files in it, not in its directories, whose names end in `.yaml`,
/// `.yml` or `.json`, packed with `.gz` too, and do not begin with a dot; in the order of their
/// names.
public final class ManifestFiles {
  /// Most files of one configuration.
  public static final int MOST = NameTable.FILES_MAX;

  private static final Pattern NAME = Pattern.compile("[^.].*\\.(yaml|yml|json)(\\.gz)?");

  private ManifestFiles() {}

  /// The files of a configuration that is named by these files and directories, in the order they
  /// are read.
  ///
  /// @throws IOException if a directory cannot be read, holds no manifest, or there are more than
  ///   [#MOST] files; the message says which
  public static List<Path> of(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(in(path));
      } else {
        files.add(path);
      }
      if (files.size() > MOST) {
        throw new IOException("more than " + MOST + " files; put several into one");
      }
    }
    return files;
  }

  private static List<Path> in(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ManifestFiles::fits)) {
      for (Path entry : entries) {
        files.add(entry);
        if (files.size() > MOST) {
          break;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      throw new IOException("this directory may not be read; check its permissions");
    }
    if (files.isEmpty()) {
      throw new IOException(
          "this directory holds no manifest; expected files whose names end in .yaml, .yml or"
              + " .json");
    }
    files.sort(null);
    return files;
  }

  /// A link that leads nowhere fits, so that reading it fails: without it, the monitors of a mount
  /// that went away would end without a word.
  private static boolean fits(Path file) {
    Path name = file.getFileName();
    return name != null
        && NAME.matcher(name.toString()).matches()
        && (Files.isRegularFile(file) || !Files.exists(file));
  }
}
