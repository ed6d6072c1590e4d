package dev.cpra.daemon.core;

import java.nio.file.Files;
import java.nio.file.Path;

/// The switch for all interventions, beside the manifest's own: a file under the daemon's folder.
/// While it is there none is begun. Used by one thread at a time.
final class OffSwitch {
  /// The file's name. What it holds does not matter.
  static final String FILE = "interventions.off";

  /// What is switched.
  @FunctionalInterface
  interface Turn {
    void turn(boolean on);
  }

  private final Path file;
  private final Turn turn;
  private boolean on = true;

  /// @param data the daemon's folder
  OffSwitch(Path data, Turn turn) {
    this.file = data.resolve(FILE);
    this.turn = turn;
  }

  /// Looks whether the file is there, and switches if that has changed.
  void look() {
    boolean now = !Files.exists(file);
    if (now != on) {
      on = now;
      turn.turn(now);
    }
  }
}
