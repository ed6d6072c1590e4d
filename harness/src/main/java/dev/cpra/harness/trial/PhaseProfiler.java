package dev.cpra.harness.trial;

import dev.cpra.harness.result.ResultFiles;
import dev.cpra.harness.trial.ProfileAnswer.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import one.profiler.AsyncProfiler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Runs async-profiler in this JVM during the measured phases, and only then: one recording that
/// goes on from phase to phase. Used by the trial's main thread.
final class PhaseProfiler implements MeasuredSpan {
  /// The profiler's commands.
  @FunctionalInterface
  interface Commands {
    /// Carries one out.
    ///
    /// @throws IllegalStateException if it can't be done here
    String execute(String command) throws IOException;
  }

  private static final String OUTPUT = ",jfr,file=" + ProfileRequest.RECORDING;

  private final Commands commands;
  private final String attempt;
  private boolean begun;

  PhaseProfiler(Commands commands, String attempt) {
    this.commands = commands;
    this.attempt = attempt;
  }

  /// Finds out how it can profile here, and says so in a file.
  ///
  /// @throws TrialFailure if it can't
  static PhaseProfiler open(ProfileRequest request) {
    ProfileAnswer answer;
    Commands commands = null;
    try {
      AsyncProfiler profiler = AsyncProfiler.getInstance(request.library());
      commands = profiler::execute;
      answer = choose(commands, request.attempts());
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      answer =
          new ProfileAnswer(null, List.of(new Refusal("load", String.valueOf(e.getMessage()))));
    }
    tell(answer);
    String started = answer.started();
    if (commands == null || started == null) {
      throw new TrialFailure("async-profiler can't run here: " + answer.refused());
    }
    return new PhaseProfiler(commands, started);
  }

  /// Starts and stops it with each of the attempts until one is accepted. That also makes it read
  /// the symbols of all libraries, which takes some tenths of a second, before anything is
  /// measured.
  static ProfileAnswer choose(Commands commands, List<String> attempts) {
    List<Refusal> refused = new ArrayList<>();
    for (String attempt : attempts) {
      String reason = refusal(commands, attempt);
      if (reason == null) {
        return new ProfileAnswer(attempt, List.copyOf(refused));
      }
      refused.add(new Refusal(attempt, reason));
    }
    return new ProfileAnswer(null, List.copyOf(refused));
  }

  private static @Nullable String refusal(Commands commands, String attempt) {
    try {
      commands.execute("start," + attempt + OUTPUT);
      commands.execute("stop");
      return null;
    } catch (IOException | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void tell(ProfileAnswer answer) {
    try {
      ResultFiles.write(
          JsonMapper.builder().build().writeValueAsBytes(answer), Path.of(ProfileRequest.ANSWER));
    } catch (IOException e) {
      throw new TrialFailure("can't write " + ProfileRequest.ANSWER + ": " + e.getMessage(), e);
    }
  }

  /// Records from now on; the first time over what the choice left in the file.
  @Override
  public void begin() {
    execute((begun ? "resume," : "start,") + attempt + OUTPUT);
    begun = true;
  }

  @Override
  public void end() {
    execute("stop");
  }

  private void execute(String command) {
    try {
      commands.execute(command);
    } catch (IOException | RuntimeException e) {
      throw new TrialFailure("async-profiler refused `" + command + "`: " + e.getMessage(), e);
    }
  }
}
