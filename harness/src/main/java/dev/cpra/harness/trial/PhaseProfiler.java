package dev.cpra.harness.trial;

import dev.cpra.harness.result.ResultFiles;
import dev.cpra.harness.trial.ProfileAnswer.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import one.profiler.AsyncProfiler;
import tools.jackson.databind.json.JsonMapper;

/// Runs async-profiler in this JVM during the measured phases, and only then: one recording that
/// goes on from phase to phase. Used by the trial's main thread.
final class PhaseProfiler implements MeasuredSpan {
  private static final String OUTPUT = ",jfr,file=" + ProfileRequest.RECORDING;

  private final ProfilerChoice.Commands commands;
  private final String attempt;
  private boolean begun;

  PhaseProfiler(ProfilerChoice.Commands commands, String attempt) {
    this.commands = commands;
    this.attempt = attempt;
  }

  /// Finds out how it can profile here, and says so in a file.
  ///
  /// @throws TrialFailure if it can't
  static PhaseProfiler open(ProfileRequest request) {
    ProfileAnswer answer;
    ProfilerChoice.Commands commands = null;
    try {
      AsyncProfiler profiler = AsyncProfiler.getInstance(request.library());
      commands = profiler::execute;
      answer = ProfilerChoice.of(commands, request.attempts(), OUTPUT);
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
