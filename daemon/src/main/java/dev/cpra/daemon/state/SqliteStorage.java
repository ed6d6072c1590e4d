package dev.cpra.daemon.state;

import dev.cpra.daemon.state.InterventionRecord.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state in one SQLite file, in WAL mode. Used by one thread at a time.
///
/// A commit outlives the process; one with intents also a loss of power.
public final class SqliteStorage implements Storage {
  private static final int KEPT = 100_000;

  /// Heartbeats of tokens that nobody has called with for longer are forgotten: 400 days.
  private static final long HEARTBEATS_KEPT_NANOS = 400L * 24 * 3_600 * 1_000_000_000L;

  private static final int PRUNE_EVERY = 1_000;

  private final Path file;
  private final Connection connection;
  private volatile int pagesMax;
  private int commits;

  private SqliteStorage(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the state in a folder with a writing thread; an empty one is made if there is none.
  ///
  /// @param data an existing folder
  /// @throws StateException if the file is damaged, of a newer version or not ours, or its disk is
  ///   full; the message says what to do
  public static StateLog open(Path data) throws StateException {
    NativeFolder.prepare(data);
    return BatchedLog.open(openStorage(data.resolve("state.db")));
  }

  static SqliteStorage openStorage(Path file) throws StateException {
    boolean existed = Files.exists(file);
    Connection connection = null;
    try {
      if (existed && Files.size(file) == 0) {
        existed = false; // made by a start that was killed at once
      }
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      SqliteStorage storage = new SqliteStorage(file, connection);
      if (existed) {
        SqliteSchema.check(file, connection);
      }
      SqliteSchema.execute(connection, "PRAGMA journal_mode = WAL");
      SqliteSchema.execute(connection, "PRAGMA synchronous = NORMAL");
      SqliteSchema.execute(connection, "PRAGMA journal_size_limit = 16777216");
      connection.setAutoCommit(false);
      SqliteSchema.create(connection);
      storage.prune();
      connection.commit();
      return storage;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw OpeningFailure.of(file, e);
    } catch (IOException e) {
      closeQuietly(connection);
      throw new StateException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (StateException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  /// The file takes no more pages than these, or than it has: a full disk, for tests.
  void limitPages(int most) {
    pagesMax = most;
  }

  @Override
  public RecoveredState load() throws StateException {
    try (Statement statement = connection.createStatement()) {
      Map<String, MonitorRecord> monitors = new HashMap<>();
      long last = SqliteSchema.number(connection, "SELECT last FROM clock");
      try (ResultSet row = statement.executeQuery("SELECT * FROM monitor")) {
        while (row.next()) {
          MonitorRecord record = monitor(row);
          monitors.put(record.monitor(), record);
          last = Math.max(last, record.atNanos());
        }
      }
      List<InterventionRecord> interventions = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery("SELECT * FROM intervention WHERE forgotten = 0 ORDER BY id")) {
        while (row.next()) {
          InterventionRecord record = intervention(row);
          interventions.add(record);
          last = Math.max(last, Math.max(record.intent().begunNanos(), record.endNanos()));
        }
      }
      // Rows of removed monitors stay, so their ids are taken.
      long lastIntervention =
          SqliteSchema.number(connection, "SELECT coalesce(max(id), 0) FROM intervention");
      Map<String, Long> heartbeats = new HashMap<>();
      try (ResultSet row = statement.executeQuery("SELECT id, heard FROM heartbeat")) {
        while (row.next()) {
          heartbeats.put(row.getString("id"), row.getLong("heard"));
          last = Math.max(last, row.getLong("heard"));
        }
      }
      return new RecoveredState(monitors, interventions, lastIntervention, heartbeats, last);
    } catch (SQLException | IllegalArgumentException e) {
      throw new StateException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static MonitorRecord monitor(ResultSet row) throws SQLException {
    return new MonitorRecord(
        row.getString("name"),
        row.getLong("at"),
        row.getLong("vitals"),
        row.getInt("intervention_number"),
        row.getLong("intervention_nanos"),
        row.getLong("alerts"),
        row.getInt("code_number"),
        row.getLong("code_nanos"),
        row.getLong("remind_nanos"),
        row.getLong("since"),
        row.getLong("incident"),
        row.getString("reason"),
        row.getBoolean("untold"));
  }

  private static InterventionRecord intervention(ResultSet row) throws SQLException {
    return new InterventionRecord(
        row.getLong("id"),
        new Intent(
            row.getString("monitor"),
            row.getInt("attempt"),
            row.getLong("begun"),
            row.getString("act"),
            row.getString("why")),
        End.valueOf(row.getString("end")),
        row.getLong("ended"),
        row.getString("text"));
  }

  @Override
  public void commit(Transaction changes) throws StateException {
    boolean full = !changes.begun().isEmpty();
    try {
      if (full) {
        synchronous("FULL");
      }
      if (pagesMax > 0) {
        SqliteSchema.execute(connection, "PRAGMA max_page_count = " + pagesMax);
      }
      write(changes);
      if (++commits % PRUNE_EVERY == 0) {
        prune();
      }
      connection.commit();
    } catch (SQLException e) {
      rollBack();
      throw new StateException(file + ": " + brief(e), e);
    } finally {
      if (full) {
        backToNormal();
      }
    }
  }

  private void write(Transaction changes) throws SQLException {
    for (String name : changes.removed()) {
      run("DELETE FROM monitor WHERE name = ?", name);
      run("UPDATE intervention SET forgotten = 1 WHERE monitor = ?", name);
      run(
          "UPDATE incident SET closed = ? WHERE monitor = ? AND closed IS NULL",
          changes.lastNanos(),
          name);
    }
    states(changes.states());
    for (InterventionRecord begun : changes.begun()) {
      Intent intent = begun.intent();
      run(
          "INSERT INTO intervention (id, monitor, attempt, begun, act, why, end, ended, text)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, '')",
          begun.id(),
          intent.monitor(),
          intent.attempt(),
          intent.begunNanos(),
          intent.act(),
          intent.why(),
          begun.end().name());
    }
    for (Transaction.InterventionEnd end : changes.ends()) {
      run(
          "UPDATE intervention SET end = ?, ended = ?, text = ? WHERE id = ?",
          end.end().name(),
          end.nanos(),
          end.text(),
          end.id());
    }
    for (AuditLine line : changes.audit()) {
      run(
          "INSERT INTO audit (at, monitor, what, text) VALUES (?, ?, ?, ?)",
          line.atNanos(),
          line.monitor(),
          line.what(),
          line.text());
    }
    heartbeats(changes.heartbeats());
    run("UPDATE clock SET last = max(last, ?)", changes.lastNanos());
  }

  private void states(List<MonitorRecord> states) throws SQLException {
    if (states.isEmpty()) {
      return;
    }
    try (PreparedStatement state =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO monitor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement close =
            connection.prepareStatement(
                "UPDATE incident SET closed = ? WHERE monitor = ? AND closed IS NULL AND opened <>"
                    + " ?");
        PreparedStatement open =
            connection.prepareStatement(
                "INSERT OR IGNORE INTO incident (monitor, opened, reason) VALUES (?, ?, ?)")) {
      for (MonitorRecord record : states) {
        set(
            state,
            record.monitor(),
            record.atNanos(),
            record.vitals(),
            record.interventionNumber(),
            record.interventionNanos(),
            record.alerts(),
            record.codeNumber(),
            record.codeNanos(),
            record.remindNanos(),
            record.sinceNanos(),
            record.incidentNanos(),
            record.reason(),
            record.untold());
        state.executeUpdate();
        set(close, record.atNanos(), record.monitor(), record.incidentNanos());
        close.executeUpdate();
        if (record.incidentNanos() != 0) {
          set(open, record.monitor(), record.incidentNanos(), record.reason());
          open.executeUpdate();
        }
      }
    }
  }

  private void heartbeats(Map<String, Long> heard) throws SQLException {
    if (heard.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO heartbeat VALUES (?, ?)")) {
      for (Map.Entry<String, Long> each : heard.entrySet()) {
        set(statement, each.getKey(), each.getValue());
        statement.executeUpdate();
      }
    }
  }

  private void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /// The oldest lines go; what is open stays.
  private void prune() throws SQLException {
    SqliteSchema.execute(
        connection,
        "DELETE FROM heartbeat WHERE heard < (SELECT last FROM clock) - " + HEARTBEATS_KEPT_NANOS);
    SqliteSchema.execute(
        connection, "DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - " + KEPT);
    SqliteSchema.execute(
        connection,
        "DELETE FROM intervention WHERE end <> 'OPEN' AND id <= (SELECT max(id) FROM intervention) - "
            + KEPT);
    SqliteSchema.execute(
        connection,
        "DELETE FROM incident WHERE closed IS NOT NULL AND id <= (SELECT max(id) FROM incident) - "
            + KEPT);
  }

  /// Between transactions only: within one the setting has no effect.
  private void synchronous(String level) throws SQLException {
    connection.setAutoCommit(true);
    try {
      SqliteSchema.execute(connection, "PRAGMA synchronous = " + level);
    } finally {
      connection.setAutoCommit(false);
    }
  }

  private void backToNormal() throws StateException {
    try {
      synchronous("NORMAL");
    } catch (SQLException e) {
      throw new StateException(file + ": " + brief(e), e);
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException _) {
      return; // the failure that led here is the one to tell
    }
  }

  /// Its first line.
  static String brief(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException _) {
        return; // nothing was written
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }
}
