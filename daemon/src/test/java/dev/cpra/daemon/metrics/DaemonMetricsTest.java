package dev.cpra.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.core.CountedMonitors;
import dev.cpra.daemon.core.EngineSnapshot;
import dev.cpra.daemon.core.MonitorCounts;
import dev.cpra.daemon.health.Alarm;
import dev.cpra.daemon.health.Health;
import dev.cpra.daemon.health.Observation.StateLogStatus;
import dev.cpra.daemon.log.LogCounts;
import dev.cpra.engine.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.MetricType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DaemonMetricsTest {

  private static EngineSnapshot snapshot(MonitorCounts counts) {
    Ledger ledger = new Ledger();
    ledger.pulse.due = 20;
    ledger.pulse.dispatched = 15;
    ledger.pulse.waiting = 2;
    ledger.pulse.missed = 2;
    ledger.pulse.cancelled = 1;
    ledger.pulse.ok = 7;
    ledger.pulse.failed = 4;
    ledger.pulse.expired = 3;
    ledger.pulse.inFlight = 1;
    ledger.pulse.stale = 5;
    ledger.pulse.outcomes = 16;
    ledger.intervention.failed = 1;
    ledger.intervention.due = 1;
    ledger.intervention.dispatched = 1;
    ledger.intervention.outcomes = 1;
    ledger.auditRepairs = 6;
    ledger.alerts.queued = 1;
    ledger.alerts.raised = 1;
    long[] lateness = new long[EngineSnapshot.latenessBoundsNanos().length + 1];
    lateness[0] = 10;
    lateness[9] = 3;
    lateness[lateness.length - 1] = 2;
    return new EngineSnapshot(
        7_000_000_000L, ledger, lateness, 2_500_000_000L, counts, 99, Map.of("wheel_entries", 4L));
  }

  private static Exposition exposition(FixedView view, boolean perMonitor) {
    return new Exposition().add(new DaemonMetrics(view, "1.2", perMonitor));
  }

  private static String text(Exposition exposition, @Nullable String accept) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      exposition.write(accept, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Scrape scrape(int monitors, boolean perMonitor) {
    List<String> names =
        IntStream.range(0, monitors).mapToObj(i -> "web \"" + i + "\"\n\\").toList();
    FixedView view = new FixedView(snapshot(CountedMonitors.of(monitors)), names);
    return Scrape.parse(text(exposition(view, perMonitor), null));
  }

  @Test
  void everyFigureOfTheLedgerIsThereUnderItsName() {
    Map<String, Double> values = scrape(4, false).values();
    assertThat(values)
        .containsEntry("cpra_jobs_total{lane=pulse, outcome=ok}", 7.0)
        .containsEntry("cpra_jobs_total{lane=pulse, outcome=failed}", 4.0)
        .containsEntry("cpra_jobs_total{lane=pulse, outcome=expired}", 3.0)
        .containsEntry("cpra_jobs_total{lane=pulse, outcome=cancelled}", 0.0)
        .containsEntry("cpra_jobs_due_total{lane=pulse}", 20.0)
        .containsEntry("cpra_jobs_dispatched_total{lane=pulse}", 15.0)
        .containsEntry("cpra_jobs_missed_total{lane=pulse}", 2.0)
        .containsEntry("cpra_jobs_cancelled_total{lane=pulse}", 1.0)
        .containsEntry("cpra_outcomes_stale_total{lane=pulse}", 5.0)
        .containsEntry("cpra_jobs_waiting{lane=pulse}", 2.0)
        .containsEntry("cpra_jobs_in_flight{lane=pulse}", 1.0)
        .containsEntry("cpra_interventions_total{result=failed}", 1.0)
        .containsEntry("cpra_interventions_total{result=ok}", 0.0)
        .containsEntry("cpra_interventions_total{result=refused}", 12.0)
        .containsEntry("cpra_breaker_open{}", 1.0)
        .containsEntry("cpra_state_log_written_total{}", 11.0)
        .containsEntry("cpra_state_log_commits_total{result=ok}", 5.0)
        .containsEntry("cpra_state_log_commits_total{result=failed}", 6.0)
        .containsEntry("cpra_audit_lines_dropped_total{}", 7.0)
        .containsEntry("cpra_alerts_unrecorded_total{}", 8.0)
        .containsEntry("cpra_alerts_queued{}", 1.0)
        .containsEntry("cpra_audit_broken_total{}", 6.0)
        .containsEntry("cpra_audit_monitors_total{}", 99.0)
        .containsEntry("cpra_ledger_balanced{}", 1.0)
        .containsEntry("cpra_engine_tick_age_seconds{}", 1.5)
        .containsEntry("cpra_clock_ahead_seconds{}", -2.5)
        .containsEntry("cpra_engine_operations_total{operation=wheel_entries}", 4.0)
        .containsEntry("cpra_results_total{lane=pulse, reason=connect_timeout}", 2.0)
        .containsEntry("cpra_wire_bytes_total{direction=written, lane=code}", 500.0)
        .containsEntry("cpra_connections_total{lane=pulse}", 9.0)
        .containsEntry("cpra_jobs_waited_for_room_total{lane=pulse}", 6.0)
        .containsEntry("cpra_probe_exceptions_total{}", 3.0)
        .containsKey("jvm_threads_current{}")
        .containsKey("process_cpu_seconds_total{}");
    assertThat(values.keySet())
        .anyMatch(key ->
            key.startsWith("cpra_build_info{engine=baseline, java=")
                && key.endsWith(", transport=epoll, version=1.2}"));
  }

  @Test
  void monitorsAndAlertsAreCountedByStateColourAndFate() {
    Map<String, Double> values = scrape(4, false).values();
    assertThat(values)
        .containsEntry("cpra_monitors{state=ok}", 2.0)
        .containsEntry("cpra_monitors{state=incident}", 1.0)
        .containsEntry("cpra_monitors{state=paused}", 1.0)
        .containsEntry("cpra_monitors{state=warned}", 0.0)
        .containsEntry("cpra_alerts_total{colour=red, result=raised}", 1.0)
        .containsEntry("cpra_alerts_total{colour=red, result=delivered}", 0.0)
        .containsEntry("cpra_alerts_total{colour=gray, result=abandoned}", 0.0);
  }

  @Test
  void latenessIsAHistogramInSeconds() {
    Histogram lateness = scrape(1, false).histogram("cpra_lateness_seconds");
    assertThat(lateness.getSampleCount()).isEqualTo(15);
    assertThat(lateness.getSampleSum()).isEqualTo(2.5);
    assertThat(lateness.getBuckets().getFirst().getUpperBound()).isEqualTo(0.001);
    assertThat(lateness.getBuckets().getFirst().getCumulativeCount()).isEqualTo(10);
    assertThat(lateness.getBuckets())
        .filteredOn(bucket -> bucket.getUpperBound() == 1.0)
        .singleElement()
        .satisfies(bucket -> assertThat(bucket.getCumulativeCount()).isEqualTo(13));
  }

  @Test
  void namesFollowTheConvention() {
    scrape(2, true)
        .families()
        .forEach((name, family) -> {
          assertThat(name).matches("[a-z][a-z0-9_]*");
          assertThat(family.getHelp()).as(name).isNotBlank();
          assertThat(name.endsWith("_total"))
              .as(name)
              .isEqualTo(family.getType() == MetricType.COUNTER);
          assertThat(name).doesNotContain("milli", "nanos");
        });
  }

  @Test
  void theNumberOfSeriesDoesNotGrowWithTheMonitors() {
    assertThat(scrape(4, false).values().keySet())
        .filteredOn(key -> key.startsWith("cpra_"))
        .hasSameSizeAs(
            scrape(400, false).values().keySet().stream()
                .filter(key -> key.startsWith("cpra_"))
                .toList());
    assertThat(scrape(4, false).families()).doesNotContainKey("cpra_monitor_up");
  }

  @Test
  void monitorsGetSeriesOfTheirOwnWhenAskedForWhateverTheirNames() {
    Map<String, Double> values = scrape(4, true).values();
    assertThat(values)
        .containsEntry("cpra_monitor_state{monitor=web \"0\"\n\\, state=incident}", 1.0)
        .containsEntry("cpra_monitor_state{monitor=web \"1\"\n\\, state=paused}", 1.0)
        .containsEntry("cpra_monitor_up{monitor=web \"0\"\n\\}", 0.0)
        .containsEntry("cpra_monitor_up{monitor=web \"2\"\n\\}", 1.0)
        .doesNotContainKey("cpra_monitor_up{monitor=web \"3\"\n\\}")
        .containsEntry("cpra_monitor_series_left_out{}", 0.0);
  }

  @Test
  void beyondTheMostTheRestIsLeftOutAndCounted() {
    Map<String, Double> values = scrape(DaemonMetrics.SERIES_MAX + 3, true).values();
    assertThat(values).containsEntry("cpra_monitor_series_left_out{}", 3.0);
    assertThat(values.keySet())
        .filteredOn(key -> key.startsWith("cpra_monitor_state{"))
        .hasSize(DaemonMetrics.SERIES_MAX);
  }

  @Test
  void alarmsAndTheStateLogAreTold() {
    Health health = new Health(true, false, Map.of(Alarm.STATE_LOG_FAILING, "disk full"));
    Exposition exposition =
        new Exposition()
            .add(
                new HealthMetrics(
                    () -> health,
                    () -> new StateLogStatus(12, 3_500_000_000L, "disk full"),
                    () -> new LogCounts(1, 2, 3, 4)));
    assertThat(Scrape.parse(text(exposition, null)).values())
        .containsEntry("cpra_alarm{alarm=state_log_failing}", 1.0)
        .containsEntry("cpra_alarm{alarm=engine_dead}", 0.0)
        .containsEntry("cpra_ready{}", 0.0)
        .containsEntry("cpra_state_log_pending{}", 12.0)
        .containsEntry("cpra_state_log_oldest_seconds{}", 3.5)
        .containsEntry("cpra_log_lines_total{result=written}", 1.0)
        .containsEntry("cpra_log_lines_total{result=suppressed}", 2.0)
        .containsEntry("cpra_log_lines_total{result=dropped}", 3.0)
        .containsEntry("cpra_log_lines_total{result=lost}", 4.0);
  }

  @Test
  void openMetricsIsToBeHadToo() {
    FixedView view = new FixedView(snapshot(CountedMonitors.of(1)), List.of("a"));
    String text =
        text(exposition(view, false), "application/openmetrics-text; version=1.0.0; q=0.9");
    assertThat(text).endsWith("# EOF\n").contains("# TYPE cpra_jobs counter\n");
  }
}
