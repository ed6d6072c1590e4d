package dev.cpra.daemon.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables of the database, and whether a file has them.
final class SqliteSchema {
  /// The version that is written.
  static final int VERSION = 2;

  /// Marks the file as ours: "CPRA".
  private static final int APPLICATION = 0x43505241;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE monitor (name TEXT PRIMARY KEY, at INTEGER NOT NULL, vitals INTEGER NOT"
              + " NULL, intervention_number INTEGER NOT NULL, intervention_nanos INTEGER NOT NULL,"
              + " alerts INTEGER NOT NULL, code_number INTEGER NOT NULL, code_nanos INTEGER NOT"
              + " NULL, remind_nanos INTEGER NOT NULL, since INTEGER NOT NULL, incident INTEGER NOT"
              + " NULL, reason TEXT NOT NULL, untold INTEGER NOT NULL) WITHOUT ROWID",
          "CREATE TABLE incident (id INTEGER PRIMARY KEY, monitor TEXT NOT NULL, opened INTEGER NOT"
              + " NULL, closed INTEGER, reason TEXT NOT NULL, UNIQUE (monitor, opened))",
          "CREATE INDEX open_incident ON incident (monitor) WHERE closed IS NULL",
          "CREATE TABLE intervention (id INTEGER PRIMARY KEY, monitor TEXT NOT NULL, attempt INTEGER"
              + " NOT NULL, begun INTEGER NOT NULL, act TEXT NOT NULL, why TEXT NOT NULL, end TEXT"
              + " NOT NULL, ended INTEGER NOT NULL, text TEXT NOT NULL, forgotten INTEGER NOT NULL"
              + " DEFAULT 0)",
          "CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, monitor TEXT NOT NULL,"
              + " what TEXT NOT NULL, text TEXT NOT NULL)",
          "CREATE TABLE heartbeat (id TEXT PRIMARY KEY, heard INTEGER NOT NULL) WITHOUT ROWID",
          "CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL)",
          "INSERT INTO clock VALUES (1, 0)");

  /// What version 1 does not have.
  private static final List<String> SINCE_1 =
      List.of(
          "ALTER TABLE monitor ADD COLUMN untold INTEGER NOT NULL DEFAULT 0",
          "CREATE TABLE heartbeat (id TEXT PRIMARY KEY, heard INTEGER NOT NULL) WITHOUT ROWID");

  private SqliteSchema() {}

  /// Looks whether a file that was there before is ours, of a version we know, and whole.
  ///
  /// @throws StateException if not; the message says what to do
  static void check(Path file, Connection connection) throws SQLException, StateException {
    int application = (int) number(connection, "PRAGMA application_id");
    int schema = (int) number(connection, "PRAGMA user_version");
    if (application == 0
        && schema == 0
        && number(connection, "SELECT count(*) FROM sqlite_master") == 0) {
      return; // a start was killed before its first commit
    }
    if (application != APPLICATION) {
      throw new StateException(
          file + ": is a database of another program; name another folder with --data", null);
    }
    if (schema > VERSION) {
      throw new StateException(
          file
              + ": was written by a newer version (schema "
              + schema
              + ", this one knows "
              + VERSION
              + "); run that version, or name another folder with --data",
          null);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (!rows.next() || !"ok".equals(rows.getString(1))) {
        throw new StateException(
            file
                + ": is damaged; put a copy of it back, or move it and its -wal away to begin"
                + " without history",
            null);
      }
    }
  }

  /// Makes the tables unless they are there, and brings those of an older version up to this one.
  static void create(Connection connection) throws SQLException {
    long version = number(connection, "PRAGMA user_version");
    if (version == VERSION) {
      return;
    }
    for (String table : version == 1 ? SINCE_1 : TABLES) {
      execute(connection, table);
    }
    execute(connection, "PRAGMA application_id = " + APPLICATION);
    execute(connection, "PRAGMA user_version = " + VERSION);
  }

  /// Runs one statement.
  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first figure that a query yields, 0 without rows.
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
