package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.core.Changes;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.log.DaemonLog;
import dev.cpra.daemon.reload.Reloader.Outcome;
import dev.cpra.manifest.MonitorSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloaderTest {
  private static final String ONE =
      "monitors: [{name: a, pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h,"
          + " port: 1}}}]\n";

  @TempDir Path folder;

  private final List<Changes> done = new ArrayList<>();
  private final List<Configuration> applied = new ArrayList<>();
  private String yaml = ONE;
  private boolean refuse;

  private Reloader reloader() {
    return new Reloader(
        () -> Loaded.load(folder, yaml),
        Loaded.configuration(folder, ONE),
        changes -> {
          if (refuse) {
            throw new IllegalArgumentException("cannot be served");
          }
          done.add(changes);
        },
        applied::add);
  }

  @Test
  void whatIsRightIsPutInPlaceOnce() throws InterruptedException {
    Reloader reloader = reloader();
    assertThat(reloader.reload()).isEqualTo(Outcome.UNCHANGED);

    yaml = ONE.replace("name: a", "name: b");
    assertThat(reloader.reload()).isEqualTo(Outcome.APPLIED);
    assertThat(reloader.reload()).isEqualTo(Outcome.UNCHANGED);

    assertThat(done).hasSize(1);
    assertThat(done.getFirst().removed()).containsExactly("a");
    assertThat(done.getFirst().added()).extracting(MonitorSpec::name).containsExactly("b");
    assertThat(applied).hasSize(1);
  }

  @Test
  void whatIsWrongOrCannotBeServedChangesNothing() throws InterruptedException {
    Reloader reloader = reloader();
    yaml = ONE.replace("port: 1", "port: 0");
    assertThat(reloader.reload()).isEqualTo(Outcome.REFUSED);

    yaml = ONE.replace("name: a", "name: b");
    refuse = true;
    assertThat(reloader.reload()).isEqualTo(Outcome.REFUSED);
    assertThat(done).isEmpty();
    assertThat(applied).isEmpty();

    // The difference is still one to what runs, not to what was refused.
    refuse = false;
    assertThat(reloader.reload()).isEqualTo(Outcome.APPLIED);
    assertThat(done.getFirst().removed()).containsExactly("a");
  }

  /// Kills reloads whose problems are left to the log's limit, which the first of them would use
  /// up, and one that says nothing of those it leaves out.
  @Test
  void everyRefusalSaysWhy() throws InterruptedException {
    StringBuilder wrong = new StringBuilder("monitors:\n");
    for (int i = 0; i < Reloader.LINES_MAX + 5; i++) {
      wrong
          .append("  - {name: m")
          .append(i)
          .append(
              ", pulse_check: {type: tcp, interval: 1s, timeout: 1s, config: {host: h, port: 0}}}\n");
    }
    Reloader reloader = reloader();
    yaml = wrong.toString();
    long before = DaemonLog.counts().written();
    for (int i = 0; i < 5; i++) {
      assertThat(reloader.reload()).isEqualTo(Outcome.REFUSED);
    }
    assertThat(DaemonLog.flush(Duration.ofSeconds(20))).isTrue();
    assertThat(DaemonLog.counts().written() - before)
        .as("how many, each problem, how many more")
        .isGreaterThanOrEqualTo(5 * (1 + Reloader.LINES_MAX + 1));
  }

  @Test
  void theLastMonitorMayGo() throws InterruptedException {
    Reloader reloader = reloader();
    yaml = "monitors: []\n";
    assertThat(reloader.reload()).isEqualTo(Outcome.APPLIED);
    assertThat(done.getFirst().removed()).containsExactly("a");
  }
}
