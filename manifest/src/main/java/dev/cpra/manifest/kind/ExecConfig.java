package dev.cpra.manifest.kind;

import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.PulseConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A program whose exit code tells how its target is, as monitoring plugins do, or one that repairs
/// it.
///
/// @param command the program and its arguments; with `shell` one line for `/bin/sh -c`
/// @param shell whether a shell reads the command
/// @param environment variables beside `PATH`, `HOME`, `LANG` and `TZ`; the process's others are
///   not passed on
/// @param directory where it runs, or null for the daemon's own
/// @param okCodes exit codes that count as ok, at least one
/// @param showOutput whether the first line of the output becomes the reason of a failure
/// @param retries further tries within one check or attempt
public record ExecConfig(
    List<String> command,
    boolean shell,
    Map<String, Secret> environment,
    @Nullable String directory,
    List<Integer> okCodes,
    boolean showOutput,
    int retries)
    implements PulseConfig, InterventionConfig {

  /// A program without a shell that succeeds with exit code 0.
  public static ExecConfig of(String... command) {
    return new ExecConfig(List.of(command), false, Map.of(), null, List.of(0), false, 0);
  }

  @Override
  public String type() {
    return "exec";
  }

  /// Without arguments: they may hold a secret.
  @Override
  public String toString() {
    return "ExecConfig["
        + (shell ? "shell ***" : command.getFirst() + (command.size() > 1 ? " ***" : ""))
        + ", okCodes="
        + okCodes
        + ", retries="
        + retries
        + "]";
  }
}
