package dev.cpra.harness.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Results as JSON files. A file appears whole or not at all.
public final class ResultFiles {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ResultFiles() {}

  /// Writes one trial, as a forked process hands it to its parent.
  public static void writeTrial(TrialResult trial, Path file) throws IOException {
    write(MAPPER.writeValueAsBytes(trial), file);
  }

  /// Reads what [#writeTrial] wrote.
  ///
  /// @throws IOException naming the file, if it can't be read or is no trial
  public static TrialResult readTrial(Path file) throws IOException {
    return read(file, TrialResult.class);
  }

  /// Writes a whole evaluation.
  public static void writeEvaluation(Evaluation evaluation, Path file) throws IOException {
    write(MAPPER.writeValueAsBytes(evaluation), file);
  }

  /// Reads what [#writeEvaluation] wrote.
  ///
  /// @throws IOException naming the file, if it can't be read, is no evaluation, or one of another
  ///   format
  public static Evaluation readEvaluation(Path file) throws IOException {
    Evaluation evaluation = read(file, Evaluation.class);
    if (evaluation.format() != Evaluation.FORMAT) {
      throw new IOException(
          "%s: expected format %d, found %d; read it with the version that wrote it"
              .formatted(file, Evaluation.FORMAT, evaluation.format()));
    }
    return evaluation;
  }

  /// Writes a record of this package as JSON.
  static void writeJson(Object record, Path file) throws IOException {
    write(MAPPER.writeValueAsBytes(record), file);
  }

  /// Writes the bytes beside the file, then moves them into its place.
  public static void write(byte[] bytes, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + ": expected a file, found the root of a file system");
    }
    Files.createDirectories(folder);
    Path unfinished =
        folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.write(unfinished, bytes);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), type);
    } catch (JacksonException e) {
      throw new IOException(
          "%s: expected the JSON of a %s, found: %s"
              .formatted(file, type.getSimpleName(), e.getOriginalMessage()),
          e);
    }
  }
}
