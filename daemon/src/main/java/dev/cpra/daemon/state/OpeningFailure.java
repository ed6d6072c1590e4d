package dev.cpra.daemon.state;

import java.nio.file.Path;
import java.sql.SQLException;

/// What it means that the database could not be opened, and the remedy. A full disk is no damage:
/// nobody shall move a history away for want of room.
final class OpeningFailure {
  private static final String ELSEWHERE = ", or name another folder with --data";

  // SQLite's primary result codes. The driver's own errors have none.
  private static final int NONE = 0;
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;

  private OpeningFailure() {}

  /// The failure, for people.
  static StateException of(Path file, SQLException e) {
    return new StateException(file + ": " + text(e.getErrorCode(), SqliteStorage.brief(e)), e);
  }

  private static String text(int code, String found) {
    return switch (code) {
      case NONE ->
          "the database's library could not be unpacked or loaded ("
              + found
              + "); its folder `native` needs a few MB of room and must allow programs: make room, or"
              + " name another one with -Dorg.sqlite.tmpdir=DIR in CPRA_JAVA_OPTS";
      case FULL ->
          "cannot be written, its disk is full (" + found + "); make room there" + ELSEWHERE;
      case IOERR ->
          "its disk refuses ("
              + found
              + "); look whether it is full or broken, make room there"
              + ELSEWHERE;
      case PERM, READONLY, CANTOPEN ->
          "cannot be opened for writing ("
              + found
              + "); let the daemon's user write to it and to its folder"
              + ELSEWHERE;
      case BUSY, LOCKED ->
          "is held by another program (" + found + "); end that, a sqlite3 for example" + ELSEWHERE;
      default ->
          "cannot be read as CPRA's state, it may be damaged ("
              + found
              + "); put a copy of it back, or move it and its -wal away to begin without history";
    };
  }
}
