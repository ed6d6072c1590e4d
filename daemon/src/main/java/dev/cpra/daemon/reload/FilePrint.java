package dev.cpra.daemon.reload;

import dev.cpra.manifest.ManifestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// What files look like from outside: names, sizes, times and where they lie on the disk, so that a
/// file that was put in another's place is seen too.
final class FilePrint {
  private FilePrint() {}

  static String of(Path manifest) {
    StringBuilder print = new StringBuilder();
    try {
      for (Path file : ManifestFiles.of(List.of(manifest))) {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        print
            .append(file)
            .append(' ')
            .append(seen.size())
            .append(' ')
            .append(seen.lastModifiedTime())
            .append(' ')
            .append(seen.fileKey())
            .append('\n');
      }
    } catch (IOException e) {
      print.append(e.getClass().getSimpleName());
    }
    return print.toString();
  }
}
