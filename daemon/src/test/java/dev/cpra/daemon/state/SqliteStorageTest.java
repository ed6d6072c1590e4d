package dev.cpra.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.state.InterventionRecord.End;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStorageTest {
  @TempDir Path data;

  private static MonitorRecord state(String name, long at, long vitals) {
    MonitorState state = new MonitorState();
    state.vitals = vitals;
    state.interventionNumber = 3;
    state.interventionNanos = 4;
    state.alerts = 5L << 40;
    state.codeNumber = 6;
    state.codeNanos = 7;
    state.remindNanos = 8;
    boolean incident = Vitals.has(vitals, Vitals.INCIDENT);
    return MonitorRecord.of(name, at, state, 9, incident ? 10 : 0, "why", incident);
  }

  /// Kills the advice to move a history away because there is no room.
  @Test
  void aFullDiskIsNoDamage() {
    // The driver takes settings behind a question mark.
    Path full = data.resolve("state.db?max_page_count=2");
    assertThatThrownBy(() -> SqliteStorage.openStorage(full))
        .isInstanceOf(StateException.class)
        .hasMessageContainingAll("state.db", "disk is full", "make room", "--data")
        .hasMessageNotContainingAny("damaged", "move it");
  }

  @Test
  void whatWasWrittenIsFoundAgain() throws Exception {
    MonitorRecord last = state("web-1", 100, Vitals.INCIDENT);
    Intent intent = new Intent("web-1", 2, 120, "docker", "refused");
    long id;
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered())
          .isEqualTo(new RecoveredState(Map.of(), List.of(), 0, Map.of(), 0));
      log.changed(state("web-1", 90, 0));
      log.changed(last);
      log.handed(100);
      id = log.begin(intent);
      log.ended(id, End.FAILED, 130, "no");
    }
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered().monitors()).containsOnlyKeys("web-1").containsValue(last);
      assertThat(log.recovered().interventions())
          .containsExactly(new InterventionRecord(id, intent, End.FAILED, 130, "no"));
      assertThat(log.recovered().lastNanos()).isEqualTo(130);
      assertThat(log.begin(intent)).isGreaterThan(id);
    }
  }

  @Test
  void whatIsDurableIsOnDiskBeforeTheLogIsClosed() throws Exception {
    try (StateLog log = SqliteStorage.open(data)) {
      log.changed(state("web-1", 100, 0));
      log.handed(100);
      assertThat(log.awaitDurable(100, Duration.ofSeconds(20))).isTrue();
      assertThat(count("SELECT count(*) FROM monitor")).isEqualTo(1);
    }
  }

  @Test
  void incidentsAreOpenedAndClosedWithTheirStates() throws Exception {
    try (StateLog log = SqliteStorage.open(data)) {
      log.changed(state("web-1", 100, Vitals.INCIDENT));
      log.handed(100);
      assertThat(log.awaitDurable(100, Duration.ofSeconds(20))).isTrue();
      assertThat(count("SELECT count(*) FROM incident WHERE closed IS NULL")).isEqualTo(1);
      log.changed(state("web-1", 200, 0));
      log.handed(200);
      assertThat(log.awaitDurable(200, Duration.ofSeconds(20))).isTrue();
      assertThat(count("SELECT closed FROM incident")).isEqualTo(200);
    }
  }

  /// Kills a log whose interventions of a removed monitor are taken for those of a later one with
  /// the same name.
  @Test
  void aRemovedMonitorIsForgotten() throws Exception {
    try (StateLog log = SqliteStorage.open(data)) {
      log.changed(state("web-1", 100, Vitals.INCIDENT));
      log.ended(log.begin(new Intent("web-1", 1, 120, "docker", "")), End.OK, 130, "ok");
      log.removed("web-1");
    }
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered().monitors()).isEmpty();
      assertThat(log.recovered().interventions()).isEmpty();
    }
    assertThat(count("SELECT count(*) FROM intervention")).isEqualTo(1);
    assertThat(count("SELECT count(*) FROM incident WHERE closed IS NULL")).isZero();
  }

  /// Kills ids counted from what is remembered only: the repairs of others would be refused.
  @Test
  void theIdsOfARemovedMonitorsInterventionsStayTaken() throws Exception {
    try (StateLog log = SqliteStorage.open(data)) {
      log.ended(log.begin(new Intent("web-1", 1, 120, "docker", "")), End.OK, 130, "ok");
      log.removed("web-1");
    }
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered().lastIntervention()).isEqualTo(1);
      log.ended(log.begin(new Intent("web-2", 1, 140, "docker", "")), End.OK, 150, "ok");
    }
    assertThat(count("SELECT max(id) FROM intervention")).isEqualTo(2);
  }

  @Test
  void aDamagedFileIsRefusedWithTheRemedy() throws Exception {
    Files.writeString(
        data.resolve("state.db"), "this is no database, and was never one. ".repeat(99));
    assertThatThrownBy(() -> SqliteStorage.open(data))
        .isInstanceOf(StateException.class)
        .hasMessageContainingAll("state.db", "damaged", "move it");
  }

  @Test
  void damageWithinIsRefusedToo() throws Exception {
    try (StateLog log = SqliteStorage.open(data)) {
      for (int i = 0; i < 2_000; i++) {
        log.changed(state("web-" + i, 100, 0));
      }
    }
    Path file = data.resolve("state.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8_192, (byte) 0x5a);
    Files.write(file, bytes);
    assertThatThrownBy(() -> SqliteStorage.open(data))
        .isInstanceOf(StateException.class)
        .hasMessageContainingAll("damaged", "move it");
  }

  /// Kills an update that forgets a column or loses what is there.
  @Test
  void theFirstSchemaIsBroughtUpToDate() throws Exception {
    try (StateLog log = SqliteStorage.open(data)) {
      log.changed(state("web-1", 100, 0));
    }
    run("DROP TABLE heartbeat");
    run("ALTER TABLE monitor DROP COLUMN untold");
    run("PRAGMA user_version = 1");
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered().monitors()).containsValue(state("web-1", 100, 0));
      log.changed(state("web-2", 200, Vitals.INCIDENT));
      log.heard("one", 300);
    }
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered().monitors()).containsValue(state("web-2", 200, Vitals.INCIDENT));
      assertThat(log.recovered().heartbeats()).isEqualTo(Map.of("one", 300L));
      assertThat(log.recovered().lastNanos()).isEqualTo(300);
    }
    assertThat(count("PRAGMA user_version")).isEqualTo(SqliteSchema.VERSION);
  }

  @Test
  void aNewerSchemaIsRefusedWithTheRemedy() throws Exception {
    SqliteStorage.open(data).close();
    run("PRAGMA user_version = " + (SqliteSchema.VERSION + 1));
    assertThatThrownBy(() -> SqliteStorage.open(data))
        .isInstanceOf(StateException.class)
        .hasMessageContainingAll("newer version", "--data");
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws Exception {
    run("CREATE TABLE theirs (x)");
    assertThatThrownBy(() -> SqliteStorage.open(data))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("another program");
    assertThat(count("SELECT count(*) FROM sqlite_master")).isEqualTo(1);
  }

  /// The disk is full for a while: what was handed over waits, the newest state is written when
  /// there is room again, and no intervention is allowed in between.
  @Test
  void aFullDiskLosesNothing() throws Exception {
    SqliteStorage storage = SqliteStorage.openStorage(data.resolve("state.db"));
    storage.limitPages(1);
    try (StateLog log = BatchedLog.open(storage)) {
      String filler = "x".repeat(200);
      for (int i = 0; i < 3_000; i++) {
        log.changed(state("web-" + i + filler, 100, 0));
      }
      log.handed(100);
      assertThat(log.awaitDurable(100, Duration.ofSeconds(20))).isFalse();
      assertThat(log.stats().writing()).isFalse();
      assertThat(log.stats().error()).contains("full");
      assertThat(log.stats().waiting()).isEqualTo(3_000);
      assertThatThrownBy(() -> log.begin(new Intent("web-1", 1, 120, "docker", "")))
          .isInstanceOf(StateException.class);
      log.changed(state("web-7" + filler, 200, Vitals.INCIDENT));
      log.handed(200);
      storage.limitPages(1_000_000);
      long end = System.nanoTime() + 20_000_000_000L;
      while (log.durableNanos() < 200) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
      assertThat(log.stats().writing()).isTrue();
      assertThat(log.begin(new Intent("web-1", 1, 220, "docker", ""))).isPositive();
    }
    try (StateLog log = SqliteStorage.open(data)) {
      assertThat(log.recovered().monitors()).hasSize(3_000);
      assertThat(log.recovered().monitors())
          .hasEntrySatisfying(
              "web-7" + "x".repeat(200), found -> assertThat(found.hasIncident()).isTrue());
      assertThat(log.recovered().interventions()).hasSize(1);
    }
  }

  private void run(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String sql) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("state.db"));
  }
}
