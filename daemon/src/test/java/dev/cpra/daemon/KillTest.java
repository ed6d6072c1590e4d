package dev.cpra.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.state.SqliteStorage;
import dev.cpra.daemon.state.StateLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a real daemon at random instants, with real targets and a real database. Every
/// third life its disk is full.
final class KillTest {
  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final int ATTEMPTS = 2;

  @TempDir Path folder;

  @Test
  void tenKills() throws Exception {
    kills(10, 20_261_125);
  }

  @Test
  @Tag("full")
  void twoHundredKills() throws Exception {
    kills(200, 20_261_126);
  }

  private void kills(int count, long seed) throws Exception {
    Random random = new Random(seed);
    int filled = 0;
    try (Outside outside = new Outside(6, ATTEMPTS)) {
      Files.writeString(folder.resolve("manifest.yaml"), outside.manifest());
      for (int life = 0; life < count; life++) {
        boolean full = RunningDaemon.canFillDisk() && life % 3 == 2;
        int before = outside.checks();
        try (RunningDaemon daemon = RunningDaemon.start(folder)) {
          daemon.await(() -> "it checks", BOUND, () -> outside.checks() > before);
          if (full) {
            daemon.fillDisk();
          }
          long end = System.nanoTime() + random.nextLong(2_000_000_000L);
          while (System.nanoTime() < end) {
            String name = "m" + random.nextInt(6);
            outside.turn(name, random.nextInt(3) > 0);
            Thread.sleep(20 + random.nextInt(100));
          }
          if (full && random.nextBoolean()) {
            daemon.freeDisk();
            Thread.sleep(random.nextInt(500));
          }
          assertThat(daemon.isAlive()).as(daemon.output()).isTrue();
          daemon.kill();
          try (Stream<Path> natives = Files.list(folder.resolve("data/native"))) {
            assertThat(natives).as("SQLite's library and its lock").hasSizeBetween(1, 2);
          }
          filled += daemon.output().contains("state cannot be written") ? 1 : 0;
        }
        outside.nextLife();
        assertThat(outside.wrongs()).as("life %d", life).isEmpty();
        assertThat(recorded()).as("intents on disk").isGreaterThanOrEqualTo(outside.acts());
      }
      lastLife(outside);
      assertThat(outside.acts()).isPositive();
      assertThat(outside.alerts()).isPositive();
      assertThat(filled)
          .as("lives that met a full disk")
          .isGreaterThan(RunningDaemon.canFillDisk() ? 0 : -1);
    }
  }

  /// Everybody hears that all is down, then that all is well, and it ends when asked.
  private void lastLife(Outside outside) throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder)) {
      outside.help(false);
      outside.turnAll(false);
      daemon.await(
          () -> "all red, found " + outside.told() + lately(), BOUND, () -> outside.allTold("red"));
      outside.turnAll(true);
      daemon.await(
          () -> "all green, found " + outside.told() + lately(),
          BOUND,
          () -> outside.allTold("green"));
      assertThat(daemon.stop()).as(daemon.output()).isZero();
    }
    assertThat(outside.wrongs()).isEmpty();
    try (StateLog log = SqliteStorage.open(folder.resolve("data"))) {
      assertThat(log.recovered().monitors().values())
          .allSatisfy(record -> {
            assertThat(record.hasIncident()).isFalse();
            assertThat(record.undelivered()).isZero();
          });
    }
  }

  /// The last lines of the audit log, for messages.
  private String lately() {
    StringBuilder text = new StringBuilder("\n");
    try (Connection db =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/state.db"));
        Statement statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM (SELECT id, at, monitor, what, text FROM audit ORDER BY id DESC LIMIT 80) ORDER BY id")) {
      while (rows.next()) {
        text.append(rows.getLong(2) / 1_000_000)
            .append(' ')
            .append(rows.getString(3))
            .append(' ')
            .append(rows.getString(4))
            .append(' ')
            .append(rows.getString(5))
            .append('\n');
      }
    } catch (SQLException e) {
      text.append(e.getMessage());
    }
    return text.toString();
  }

  private int recorded() throws Exception {
    try (StateLog log = SqliteStorage.open(folder.resolve("data"))) {
      return log.recovered().interventions().size();
    }
  }

  @Test
  void aSecondDaemonOnTheSameDataIsRefused() throws Exception {
    try (Outside outside = new Outside(1, ATTEMPTS)) {
      Files.writeString(folder.resolve("manifest.yaml"), outside.manifest());
      try (RunningDaemon first = RunningDaemon.start(folder)) {
        first.await(() -> "it checks", BOUND, () -> outside.checks() > 0);
        try (RunningDaemon second = RunningDaemon.start(folder)) {
          assertThat(second.awaitEnd()).isEqualTo(1);
          assertThat(second.output())
              .contains("another daemon", "process " + first.pid(), "--data");
        }
        assertThat(first.isAlive()).isTrue();
        assertThat(first.stop()).isZero();
      }
    }
  }
}
