package dev.cpra.probes;

import dev.cpra.manifest.kind.ExecConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.manifest.kind.SystemdConfig;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A program whose exit code tells how its target is: 0 ok, 1 warning, 2 critical, anything else
/// unknown. It gets no input, no environment but what its configuration says, and no more time than
/// the check has; then it is killed with all its children.
final class ExecProbe implements Probe {
  /// Variables of this process that a program gets too.
  private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "TZ");

  /// What systemctl finds a user's own manager by.
  private static final List<String> USER_MANAGER =
      List.of("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");

  private static final int SHOWN_MAX = 200;
  private static final long OUTPUT_GRACE_MILLIS = 200;

  private final ExecConfig config;
  private final List<String> command;
  private final long timeoutNanos;
  private final @Nullable JobContext context;
  private final List<String> passedOn;

  /// A check.
  ExecProbe(ExecConfig config, long timeoutNanos) {
    this(config, timeoutNanos, null);
  }

  /// An intervention, if there is a context: the program is told monitor and attempt.
  ExecProbe(ExecConfig config, long timeoutNanos, @Nullable JobContext context) {
    this(config, timeoutNanos, context, PASSED_ON);
  }

  private ExecProbe(
      ExecConfig config, long timeoutNanos, @Nullable JobContext context, List<String> passedOn) {
    this.passedOn = passedOn;
    this.context = context;
    this.config = config;
    this.command =
        config.shell() ? List.of("/bin/sh", "-c", config.command().getFirst()) : config.command();
    this.timeoutNanos = timeoutNanos;
  }

  /// Asks systemd, without a shell and without a terminal.
  static ExecProbe systemd(SystemdConfig config, long timeoutNanos) {
    List<String> command = new ArrayList<>();
    List<String> passedOn = new ArrayList<>(PASSED_ON);
    command.add(config.systemctl());
    if (config.userManager()) {
      command.add("--user");
      passedOn.addAll(USER_MANAGER);
    }
    command.addAll(List.of("--no-ask-password", config.operation(), "--", config.unit()));
    return new ExecProbe(
        new ExecConfig(command, false, Map.of(), null, List.of(0), false, config.retries()),
        timeoutNanos,
        null,
        List.copyOf(passedOn));
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new Run();
  }

  private record Started(Process process, ProgramOutput output) {}

  private final class Run extends BlockingRun {
    /// One for each try.
    private final List<Started> started = new ArrayList<>(1);

    /// A program that cannot be killed, or whose output somebody still holds, keeps its room: such
    /// ones must not pile up.
    @Override
    public void linger() throws InterruptedException {
      for (Started each : started) {
        var _ = each.process.waitFor();
        each.output.awaitEnd();
      }
    }

    @Override
    @Nullable Wrong work() {
      Wrong wrong = null;
      for (int i = 0; i <= config.retries(); i++) {
        wrong = once();
        if (wrong == null || Thread.currentThread().isInterrupted()) {
          return wrong;
        }
      }
      return wrong;
    }

    private @Nullable Wrong once() {
      String mark = UUID.randomUUID().toString();
      Process process;
      try {
        process = launch(mark, monitor(), detail());
      } catch (IOException e) {
        // Its message holds the command.
        return new Wrong(Reason.START, "the program cannot be started: " + why(e));
      }
      ProgramOutput output = ProgramOutput.of(process);
      started.add(new Started(process, output));
      boolean ended = false;
      try {
        int code = process.waitFor();
        ended = output.awaitEnd(OUTPUT_GRACE_MILLIS);
        status = code;
        return judge(code, output);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new Wrong(Reason.TIMEOUT, Failures.text(Reason.TIMEOUT));
      } finally {
        // A check leaves nothing behind, and systemctl has nothing to leave. What a program that
        // repairs has started may stay, unless it still holds the output. For a check that is no
        // sign: when a program ends the JDK closes the pipe if nobody happens to read it, and the
        // output is over though a child holds it.
        if (!ended || context == null) {
          ProcessTree.kill(process, mark);
        }
      }
    }
  }

  private Process launch(String mark, int monitor, int attempt) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    String directory = config.directory();
    if (directory != null) {
      builder.directory(new File(directory));
    }
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(passedOn);
    for (Map.Entry<String, Secret> each : config.environment().entrySet()) {
      environment.put(each.getKey(), each.getValue().value());
    }
    if (context != null) {
      environment.put("CPRA_MONITOR", context.monitor(monitor));
      environment.put("CPRA_ATTEMPT", Integer.toString(attempt));
    }
    environment.put(ProcessTree.MARK, mark);
    return builder.start();
  }

  private @Nullable Wrong judge(int code, ProgramOutput output) {
    if (config.okCodes().contains(code)) {
      return null;
    }
    Reason reason =
        switch (code) {
          case 1 -> Reason.WARNING;
          case 2 -> Reason.CRITICAL;
          default -> Reason.UNKNOWN;
        };
    String text = Failures.text(reason) + ": exit code " + code;
    String said = config.showOutput() ? firstLine(output.bytes()) : "";
    return new Wrong(reason, said.isEmpty() ? text : text + ": " + said);
  }

  private static String firstLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < SHOWN_MAX; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        break;
      }
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    if (!line.isEmpty() && Character.isHighSurrogate(line.charAt(line.length() - 1))) {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private static String why(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No such file")
        ? "no such file"
        : message.contains("Permission denied") ? "permission denied" : "the system refuses";
  }
}
