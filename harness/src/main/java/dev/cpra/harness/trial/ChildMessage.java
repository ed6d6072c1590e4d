package dev.cpra.harness.trial;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a forked trial tells its parent: one line on its standard output, a mark and then JSON.
/// Lines without the mark are whatever libraries print.
///
/// @param type what happened
/// @param text the phase, or why the trial failed; empty for the rest
/// @param secondsLeft until the last phase ends
/// @param jobsPerSecond outcomes applied, over the last sample
/// @param waiting jobs due that no lane has taken
public record ChildMessage(
    Type type, String text, double secondsLeft, double jobsPerSecond, long waiting) {
  /// What a message starts with.
  static final String MARK = "@cpra ";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// What happened.
  public enum Type {
    /// Monitors are being made and added.
    LOADING,
    /// The trial's clock started.
    STARTED,
    /// The trial runs.
    PROGRESS,
    /// The phases are over.
    DRAINING,
    /// The result is written.
    DONE,
    /// There is no result; the text says why.
    FAILED
  }

  static ChildMessage of(Type type, String text) {
    return new ChildMessage(type, text, 0, 0, 0);
  }

  /// The line to print.
  public String line() {
    return MARK + MAPPER.writeValueAsString(this);
  }

  /// The message in a line, or null if it holds none.
  public static @Nullable ChildMessage parse(String line) {
    if (!line.startsWith(MARK)) {
      return null;
    }
    try {
      return MAPPER.readValue(line.substring(MARK.length()), ChildMessage.class);
    } catch (JacksonException _) {
      return null; // two writers' lines ran into each other
    }
  }
}
