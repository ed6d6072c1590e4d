package dev.cpra.harness.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A file of one JSON value a line, which only ever grows. A line that a killed process left half
/// written is passed over, and the next one starts on a line of its own.
///
/// @param <T> what a line holds
final class JsonLines<T> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path file;
  private final Class<T> type;

  JsonLines(Path file, Class<T> type) {
    this.file = file;
    this.type = type;
  }

  Path file() {
    return file;
  }

  /// Appends one.
  void append(T value) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    String lead = endsOpen() ? "\n" : "";
    Files.writeString(
        file,
        lead + MAPPER.writeValueAsString(value) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private boolean endsOpen() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    byte[] all = Files.readAllBytes(file);
    return all[all.length - 1] != '\n';
  }

  /// All that can be read; none without a file.
  List<T> read() throws IOException {
    List<T> values = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (!line.isBlank()) {
          add(line, values);
        }
      }
    }
    return values;
  }

  private void add(String line, List<T> values) {
    try {
      values.add(MAPPER.readValue(line, type));
    } catch (JacksonException _) {
      return; // half a line
    }
  }
}
