package dev.cpra.daemon.http;

import dev.cpra.daemon.core.DaemonView;
import dev.cpra.daemon.health.Health;
import dev.cpra.daemon.health.SelfCheckLimits;
import dev.cpra.daemon.health.Watchdog;
import dev.cpra.daemon.log.DaemonLog;
import dev.cpra.daemon.metrics.DaemonMetrics;
import dev.cpra.daemon.metrics.Exposition;
import dev.cpra.daemon.metrics.HealthMetrics;
import java.io.IOException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All by which a running daemon is seen from outside, started and stopped together: the watchdog,
/// the metrics and the server. Thread-safe.
public final class StatusService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusService.class);

  /// What is wanted of it.
  ///
  /// @param listen where the server listens
  /// @param perMonitor whether each monitor gets metrics of its own
  /// @param version of this build
  public record Options(ListenAddress listen, boolean perMonitor, String version) {}

  private final Watchdog watchdog;
  private final StatusServer server;

  private StatusService(Watchdog watchdog, StatusServer server) {
    this.watchdog = watchdog;
    this.server = server;
  }

  /// Starts it.
  ///
  /// @param heartbeats told the token of a job that is alive; whether a monitor waits for it
  /// @throws IOException if the address cannot be listened on; nothing runs then
  public static StatusService start(DaemonView view, Predicate<String> heartbeats, Options options)
      throws IOException {
    Watchdog watchdog = Watchdog.start(view, SelfCheckLimits.DEFAULT);
    HttpCounts counts = new HttpCounts();
    Exposition exposition =
        new Exposition()
            .add(new DaemonMetrics(view, options.version(), options.perMonitor()))
            .add(new HealthMetrics(watchdog::health, watchdog::stateLog, DaemonLog::counts))
            .add(counts);
    try {
      StatusServer server =
          StatusServer.start(
              options.listen(),
              new StatusPages(watchdog::health, exposition, heartbeats),
              counts,
              HttpLimits.DEFAULT);
      LOG.atInfo()
          .addKeyValue("version", options.version())
          .addKeyValue("engine", view.engine())
          .addKeyValue("monitors", view.monitors())
          .addKeyValue("transport", view.transportName())
          .addKeyValue("transport_why", view.transport())
          .addKeyValue("listen", server.address())
          .log("running");
      if (!options.listen().isLoopback()) {
        LOG.atWarn()
            .addKeyValue("listen", server.address())
            .log("the status pages can be reached from other machines, without a password");
      }
      return new StatusService(watchdog, server);
    } catch (IOException e) {
      watchdog.close();
      throw e;
    }
  }

  /// Where the server listens.
  public String address() {
    return server.address();
  }

  /// How the daemon is.
  public Health health() {
    return watchdog.health();
  }

  @Override
  public void close() {
    server.close();
    watchdog.close();
  }
}
