package dev.cpra.daemon.cli;

import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.Manifests;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.Problem;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.ProbeLoops;
import dev.cpra.probes.ProbeOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cpra check`: one check of one monitor, now, in the form of a monitoring plugin.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Does one check of a monitor now, and says in one line what came of it.",
    footer = {
      "",
      "The line and the exit code are those of a monitoring plugin: figures stand behind a `|`.",
      "",
      "Exit codes: 0 ok; 1 warning (slow, a certificate that expires soon, a program that warns), or",
      "the manifest is invalid; 2 critical, or wrong usage; 3 unknown: it could not be checked."
    })
public final class CheckCommand implements Callable<Integer> {
  private static final int INVALID = 1;
  private static final long BEYOND_NANOS = 5_000_000_000L;

  /// What a plugin may say.
  private enum Verdict {
    OK,
    WARNING,
    CRITICAL,
    UNKNOWN
  }

  @Parameters(index = "0", paramLabel = "MANIFEST", description = "A file, or a directory of them.")
  private Path manifest = Path.of("");

  @Parameters(index = "1", paramLabel = "NAME", description = "The monitor.")
  private String name = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter error = spec.commandLine().getErr();
    MonitorSpec[] found = new MonitorSpec[1];
    Manifests.Reading reading =
        Manifests.read(
            manifest,
            LoadOptions.defaults().withRequireAvailable(true),
            monitor -> {
              if (monitor.name().equals(name)) {
                found[0] = monitor;
              }
            });
    if (!reading.ok()) {
      error.print(Problem.report(reading.problems(), reading.moreProblems()));
      error.flush();
      return INVALID;
    }
    MonitorSpec monitor = found[0];
    if (monitor == null) {
      return say(Verdict.UNKNOWN, "no such monitor in " + manifest, "");
    }
    if (monitor.pulse() instanceof HeartbeatConfig) {
      return say(Verdict.UNKNOWN, "only the daemon hears heartbeats", "");
    }
    return check(monitor);
  }

  private int check(MonitorSpec monitor) throws InterruptedException {
    long timeout = monitor.rules().timeoutNanos();
    Probe probe;
    try {
      probe = ProbeKinds.standard().pulse(monitor.pulse(), timeout);
    } catch (IllegalArgumentException e) {
      return say(Verdict.UNKNOWN, String.valueOf(e.getMessage()), "");
    }
    @Nullable CheckResult result = null;
    try (ProbeLoops loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime)) {
      result = loops.run(probe, 0, 0).get(timeout + BEYOND_NANOS, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return say(Verdict.UNKNOWN, "the check did not end: " + e.getClass().getSimpleName(), "");
    }
    return say(verdict(result), text(result), figures(result, timeout));
  }

  private static Verdict verdict(CheckResult result) {
    return switch (result.reason()) {
      case OK -> Verdict.OK;
      case WARNING, SLOW, CERTIFICATE_EXPIRES -> Verdict.WARNING;
      case UNKNOWN, PERMISSION, START, LOCAL_LIMIT, NO_ROOM, NO_TARGET, EXCEPTION, ABORTED ->
          Verdict.UNKNOWN;
      default -> Verdict.CRITICAL;
    };
  }

  private static String text(CheckResult result) {
    return result.ok()
        ? String.format(Locale.ROOT, "ok in %.1f ms", result.totalNanos() / 1e6)
        : result.text();
  }

  private static String figures(CheckResult result, long timeoutNanos) {
    StringBuilder figures = new StringBuilder();
    figures.append(
        String.format(
            Locale.ROOT, "time=%.6fs;;;0;%.6f", result.totalNanos() / 1e9, timeoutNanos / 1e9));
    phase(figures, "dns", result.dnsNanos());
    phase(figures, "connect", result.connectNanos());
    phase(figures, "tls", result.tlsNanos());
    phase(figures, "first_byte", result.firstByteNanos());
    if (result.certificateExpiresSeconds() > 0) {
      long left = result.certificateExpiresSeconds() - System.currentTimeMillis() / 1_000;
      figures.append(" certificate_days=").append(Math.floorDiv(left, 86_400L));
    }
    return figures.toString();
  }

  private static void phase(StringBuilder figures, String label, long nanos) {
    if (nanos > 0) {
      figures.append(String.format(Locale.ROOT, " %s=%.6fs", label, nanos / 1e9));
    }
  }

  private int say(Verdict verdict, String text, String figures) {
    PrintWriter out = spec.commandLine().getOut();
    String line = "CPRA " + verdict + " - " + name + ": " + text;
    out.println(
        line.replaceAll("\\p{Cntrl}", " ").replace('|', '/')
            + (figures.isEmpty() ? "" : " | " + figures));
    out.flush();
    return verdict.ordinal();
  }
}
