package dev.cpra.daemon.cli;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.core.Daemon;
import dev.cpra.daemon.core.DaemonSettings;
import dev.cpra.daemon.http.ListenAddress;
import dev.cpra.daemon.http.StatusService;
import dev.cpra.daemon.reload.Reloads;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.probes.Rehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra run`: the daemon, until it is told to stop.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Watches what a manifest describes, repairs it and raises alerts.",
    footer = {
      "",
      "SIGTERM or Ctrl-C stops it: nothing new is started, what is in flight may end. SIGHUP, or a",
      "change of its files, makes it read the manifest again: a wrong one is refused, and what did not",
      "change goes on untouched.",
      "",
      "Exit codes: 0 stopped; 1 the manifest is invalid or the data cannot be used; 2 wrong",
      "usage; 4 the engine died."
    })
public final class RunCommand implements Callable<Integer> {
  private static final int INVALID = 1;
  private static final int ENGINE_DIED = 4;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "What is to be watched: a file, or a directory of them.")
  private Path manifest = Path.of("");

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = DaemonSettings.ENGINE_DEFAULT,
      description = "The engine (default: ${DEFAULT-VALUE}).")
  private String engine = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "cpra-data",
      description =
          "Where incidents, alerts and interventions outlive the daemon; made if there is none"
              + " (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("");

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long a stop waits for what is in flight (default: ${DEFAULT-VALUE}).")
  private String drain = "";

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      defaultValue = ListenAddress.DEFAULT,
      description = "Where health, metrics and heartbeats are served (default: ${DEFAULT-VALUE}).")
  private String listen = "";

  @Option(
      names = "--metrics-per-monitor",
      description = "Metrics also tell the state of each monitor, of up to 50,000.")
  private boolean perMonitor;

  /// Hidden, as it is no way to watch anything; docs/operating.md has it.
  @Option(names = "--rehearse", paramLabel = "SCRIPT", hidden = true)
  private @Nullable String rehearse;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Rehearsal rehearsal = rehearsal();
    // What a rehearsal invents must not be taken for the state of real targets.
    Path folder = rehearsal == null ? data : data.resolve("rehearsal");
    DaemonSettings settings =
        DaemonSettings.defaults()
            .withEngine(engine)
            .withData(folder)
            .withDrain(drain())
            .withRehearsal(rehearsal);
    ListenAddress address = address();
    LoadOptions options = LoadOptions.defaults().withRequireAvailable(true);
    try (Reloads reloads = Reloads.of(manifest, options)) {
      return run(reloads, settings, address);
    }
  }

  private int run(Reloads reloads, DaemonSettings settings, ListenAddress address)
      throws InterruptedException {
    PrintWriter error = spec.commandLine().getErr();
    LoadResult loaded = reloads.load();
    if (!loaded.ok()) {
      error.print(loaded.report());
      error.flush();
      return INVALID;
    }
    Configuration configuration = Configuration.of(loaded);
    Daemon daemon;
    try {
      daemon = Daemon.start(configuration, settings);
    } catch (IllegalArgumentException e) {
      error.printf("cpra: %s: %s%n", manifest, e.getMessage());
      error.flush();
      return INVALID;
    } catch (IOException e) {
      error.printf("cpra: %s%n", e.getMessage());
      error.flush();
      return INVALID;
    }
    if (perMonitor) {
      daemon.tellEachMonitor();
    }
    try (StatusService _ =
        StatusService.start(
            daemon,
            daemon::beat,
            new StatusService.Options(address, perMonitor, Main.Version.number()))) {
      reloads.start(configuration, daemon::apply, settings.data());
      return Watch.untilStopped(daemon) ? 0 : ENGINE_DIED;
    } catch (IOException e) {
      daemon.close();
      error.printf("cpra: %s%n", e.getMessage());
      error.flush();
      return INVALID;
    }
  }

  private ListenAddress address() {
    try {
      return ListenAddress.parse(listen);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--listen: " + e.getMessage(), e);
    }
  }

  private @Nullable Rehearsal rehearsal() {
    if (rehearse == null) {
      return null;
    }
    try {
      return Rehearsal.parse(rehearse);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--rehearse: " + e.getMessage(), e);
    }
  }

  private Duration drain() {
    long nanos;
    try {
      nanos = Durations.parse(drain);
    } catch (IllegalArgumentException _) {
      nanos = -1;
    }
    if (nanos < 0) {
      throw new ParameterException(
          spec.commandLine(), "--drain: expected a duration such as 10s, found " + drain);
    }
    return Duration.ofNanos(nanos);
  }
}
