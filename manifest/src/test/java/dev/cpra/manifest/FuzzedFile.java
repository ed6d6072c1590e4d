package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A file of any bytes, and what must hold of every problem found in it.
final class FuzzedFile {
  /// What every variable stands for: never to be seen in a problem.
  private static final String HIDDEN = "hidden-4Jq7-value";

  private static final int MESSAGE_MAX = 4_000;
  private static final int DEFLATE_RATIO_MAX = 1_032;

  /// Variables that end in `X` are not set, all others are.
  static final LoadOptions OPTIONS =
      LoadOptions.defaults().withVariables(name -> name.endsWith("X") ? null : HIDDEN);

  private final Path folder;
  private final byte[] bytes;

  FuzzedFile(Path folder, byte[] bytes) {
    this.folder = folder;
    this.bytes = bytes;
  }

  /// The bytes under this name; with `.gz` at its end packed, unless they are packed already.
  Path as(String name) {
    try {
      return Files.write(
          folder.resolve(name), name.endsWith(".gz") && !isPacked() ? packed() : bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean isPacked() {
    return bytes.length > 1 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
  }

  private byte[] packed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /// Each has a place that exists, one line of readable length, and shows no variable's value.
  void checkPlaces(List<Problem> problems) {
    int lines = 2 + bytes.length * (isPacked() ? DEFLATE_RATIO_MAX : 1);
    boolean told = new String(bytes, StandardCharsets.ISO_8859_1).contains(HIDDEN);
    for (Problem problem : problems) {
      assertThat(problem.line()).as("%s", problem).isBetween(1, lines);
      assertThat(problem.column()).as("%s", problem).isBetween(1, lines);
      assertThat(problem.message()).isNotBlank().hasSizeLessThan(MESSAGE_MAX);
      assertThat(problem.message().indexOf('\n')).as("%s", problem).isEqualTo(-1);
      if (!told) {
        assertThat(problem.message()).doesNotContain(HIDDEN);
      }
    }
  }
}
