package dev.cpra.daemon.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.core.Daemon;
import dev.cpra.daemon.core.DaemonSettings;
import dev.cpra.daemon.core.MonitorCounts;
import dev.cpra.daemon.core.Workers;
import dev.cpra.engine.Ledger;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real targets go down and come up; every colour arrives where it should, once and in order.
@Timeout(120)
final class DemoTest {
  @TempDir private Path folder;

  @Test
  void everyColourArrivesOnceInOrderWhereItShould() throws IOException, InterruptedException {
    try (Target web = Target.web()) {
      downAndUp(web);
    }
  }

  @Test
  @Tag("full")
  void everyColourArrivesWithNginxToo() throws IOException, InterruptedException {
    assumeTrue(NginxTarget.isInstalled(), "no nginx on the PATH");
    try (Target web = new NginxTarget(folder)) {
      downAndUp(web);
    }
  }

  private static void downAndUp(Target web) throws IOException, InterruptedException {
    try (Receiver receiver = new Receiver();
        Target echo = Target.echo();
        Target dns = Target.dns();
        Target mail = Target.mail()) {
      AtomicInteger failedRepairs = new AtomicInteger();
      receiver.onRepair(
          "echo",
          () -> {
            echo.up();
            return true;
          });
      receiver.onRepair(
          "dns",
          () -> {
            failedRepairs.incrementAndGet();
            return false;
          });
      Map<String, String> variables =
          Map.of(
              "DEMO_RECEIVER", receiver.url(),
              "DEMO_SMTP_PORT", Integer.toString(receiver.smtpPort()),
              "DEMO_WEB_PORT", Integer.toString(web.port()),
              "DEMO_ECHO_PORT", Integer.toString(echo.port()),
              "DEMO_DNS_PORT", Integer.toString(dns.port()),
              "DEMO_MAIL_PORT", Integer.toString(mail.port()));
      Daemon daemon = start(Path.of("../demo/monitors.yaml"), variables, DaemonSettings.defaults());
      try {
        Await.until("all targets are found well", () -> allUp(daemon, 5));
        assertThat(receiver.deliveries()).isEmpty();

        for (Target target : List.of(web, echo, dns, mail)) {
          target.down();
        }
        Await.until("echo was repaired", () -> receiver.trace("echo").size() == 3);
        for (String monitor : List.of("web", "dns", "mail")) {
          Await.until(monitor + " is red", () -> receiver.trace(monitor).size() == 2);
        }
        for (Target target : List.of(web, dns, mail)) {
          target.up();
        }
        for (String monitor : List.of("web", "dns", "mail")) {
          Await.until(monitor + " is green", () -> receiver.trace(monitor).size() == 3);
        }
        Await.until("all deliveries are known", () -> delivered(daemon) == 12);
      } finally {
        assertThat(daemon.stop()).isTrue();
      }

      List<String> unrepaired =
          List.of("yellow yellow", "pagerduty-trigger red", "pagerduty-resolve green");
      assertThat(receiver.trace("web"))
          .containsExactly("mail yellow", "pagerduty-trigger red", "pagerduty-resolve green");
      assertThat(receiver.trace("dns")).isEqualTo(unrepaired);
      assertThat(receiver.trace("mail")).isEqualTo(unrepaired);
      assertThat(receiver.trace("echo"))
          .containsExactly("yellow yellow", "slack cyan", "pagerduty-resolve green");
      assertThat(receiver.deliveries()).as("nothing else, nothing twice").hasSize(12);
      assertThat(receiver.calls()).containsExactlyInAnyOrder("echo", "dns", "dns");
      assertThat(failedRepairs).hasValue(2);
      keysBelongToIncidents(receiver);

      Ledger ledger = daemon.snapshot().ledger();
      assertThat(ledger.balanced()).isTrue();
      assertThat(ledger.alerts.raised).isEqualTo(12);
      assertThat(ledger.alerts.delivered).isEqualTo(12);
    }
  }

  /// A green ends what its red began, so both have one key, and nobody else has it.
  private static void keysBelongToIncidents(Receiver receiver) {
    List<String> reds = keys(receiver, "pagerduty-trigger");
    assertThat(reds).doesNotHaveDuplicates().hasSize(3);
    assertThat(keys(receiver, "pagerduty-resolve")).containsAll(reds);
  }

  private static List<String> keys(Receiver receiver, String place) {
    return receiver.deliveries().stream()
        .filter(delivery -> delivery.place().equals(place))
        .map(Receiver.Delivery::key)
        .toList();
  }

  /// Gray is what a monitor is whose checks do not even begin: here one that hangs holds the only
  /// worker.
  @Test
  void aMonitorWhoseChecksDoNotEndIsGrayAndGreenWhenTheyDo()
      throws IOException, InterruptedException {
    try (Receiver receiver = new Receiver();
        Target web = Target.web();
        Target hog = Target.silent()) {
      Path manifest =
          Files.writeString(
              folder.resolve("gray.yaml"),
              """
              monitors:
                - name: hog
                  pulse_check: {type: tcp, interval: 100ms, timeout: 60s,
                                config: {address: "127.0.0.1:%d", expect: never}}
                - name: victim
                  pulse_check: {type: http, interval: 200ms, timeout: 200ms, unhealthy_threshold: 2,
                                healthy_threshold: 2, config: {url: "http://127.0.0.1:%d/"}}
                  codes:
                    gray: {notify: alertmanager, config: {url: "%s"}}
                    green: {notify: alertmanager, config: {url: "%s"}}
              """
                  .formatted(hog.port(), web.port(), receiver.url(), receiver.url()));
      DaemonSettings one =
          new DaemonSettings(
              DaemonSettings.ENGINE_DEFAULT,
              Map.of(),
              new Workers(1, 1, 4),
              DaemonSettings.defaults().probes(),
              null,
              DaemonSettings.defaults().drain(),
              null);
      Daemon daemon = start(manifest, Map.of(), one);
      try {
        Await.until("the victim is gray", () -> !receiver.trace("victim").isEmpty());
        hog.down();
        Await.until("the victim is green", () -> receiver.trace("victim").size() == 2);
      } finally {
        daemon.close();
      }
      assertThat(receiver.trace("victim"))
          .containsExactly("alertmanager gray", "alertmanager green");
    }
  }

  /// Most targets fail at once: one gray says so, and one green when repairs go on. Kills a breaker
  /// that only logs, one that tells red, and one that counts its own monitor.
  @Test
  void whenMostTargetsFailAtOncePeopleAreToldOnceAndToldAgainWhenItIsOver()
      throws IOException, InterruptedException {
    try (Receiver receiver = new Receiver();
        Target web = Target.web()) {
      Path manifest =
          Files.writeString(
              folder.resolve("breaker.yaml"),
              """
              safety: {interventions: {breaker: {share: 1.0, least: 5, hold: 300ms}}}
              defaults:
                interval: 100ms
                timeout: 5s
                codes:
                  gray: {notify: alertmanager, config: {url: "%s"}}
                  green: {notify: alertmanager, config: {url: "%s"}}
              monitors:
              """
                      .formatted(receiver.url(), receiver.url())
                  + IntStream.range(0, 5)
                      .mapToObj(i ->
                          "  - {name: web-%d, pulse_check: {type: http, config: {url: \"http://127.0.0.1:%d/\"}}}\n"
                              .formatted(i, web.port()))
                      .collect(Collectors.joining()));
      Daemon daemon = start(manifest, Map.of(), DaemonSettings.defaults());
      try {
        Await.until("all are found well", () -> allUp(daemon, 6));
        web.down();
        Await.until("the gray is told", () -> !receiver.deliveries().isEmpty());
        assertThat(daemon.isBreakerOpen()).isTrue();
        web.up();
        Await.until("the green is told", () -> receiver.deliveries().size() == 2);
        Await.until("both are known to be", () -> delivered(daemon) == 2);
      } finally {
        assertThat(daemon.stop()).isTrue();
      }
      assertThat(receiver.trace("cpra-breaker"))
          .containsExactly("alertmanager gray", "alertmanager green");
      assertThat(receiver.deliveries()).hasSize(2);
    }
  }

  private static Daemon start(Path manifest, Map<String, String> variables, DaemonSettings settings)
      throws IOException {
    LoadResult loaded =
        Manifests.load(
            manifest,
            LoadOptions.defaults().withVariables(variables::get).withRequireAvailable(true));
    assertThat(loaded.report()).isEmpty();
    Daemon daemon = Daemon.start(Configuration.of(loaded), settings);
    daemon.tellEachMonitor();
    return daemon;
  }

  private static boolean allUp(Daemon daemon, int monitors) {
    MonitorCounts counts = daemon.snapshot().counts();
    int up = 0;
    for (int handle = 0; handle < counts.handles(); handle++) {
      up += counts.isPresent(handle) && counts.isUp(handle) ? 1 : 0;
    }
    return up == monitors;
  }

  private static long delivered(Daemon daemon) {
    return daemon.snapshot().ledger().alerts.delivered;
  }
}
