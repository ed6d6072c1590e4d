package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// With a profiler that accepts some events only.
final class PhaseProfilerTest {
  private static final List<String> ATTEMPTS = List.of("event=cpu-clock", "event=ctimer");

  private final List<String> said = new ArrayList<>();

  private ProfilerChoice.Commands accepting(String... events) {
    return command -> {
      said.add(command);
      if (command.equals("stop") || List.of(events).contains(command.split(",", -1)[1])) {
        return "";
      }
      throw new IllegalStateException("no " + command.split(",", -1)[1]);
    };
  }

  @Test
  void theFirstAttemptThatIsAcceptedIsTakenAndStoppedAgain() {
    ProfileAnswer answer =
        ProfilerChoice.of(accepting("event=cpu-clock", "event=ctimer"), ATTEMPTS, ",jfr");
    assertThat(answer.started()).isEqualTo("event=cpu-clock");
    assertThat(answer.refused()).isEmpty();
    assertThat(said).containsExactly("start,event=cpu-clock,jfr", "stop");
  }

  @Test
  void whatIsRefusedFallsBackToTheNextAndTheReasonIsKept() {
    ProfileAnswer answer = ProfilerChoice.of(accepting("event=ctimer"), ATTEMPTS, "");
    assertThat(answer.started()).isEqualTo("event=ctimer");
    assertThat(answer.refused())
        .containsExactly(new ProfileAnswer.Refusal("event=cpu-clock", "no event=cpu-clock"));
  }

  @Test
  void whereNothingIsAcceptedThereIsNoProfile() {
    ProfileAnswer answer = ProfilerChoice.of(accepting(), ATTEMPTS, "");
    assertThat(answer.started()).isNull();
    assertThat(answer.refused()).hasSize(2);
  }

  @Test
  void everyFurtherMeasuredPhaseGoesOnWithTheSameRecording() {
    PhaseProfiler profiler = new PhaseProfiler(accepting("event=ctimer"), "event=ctimer");
    profiler.begin();
    profiler.end();
    profiler.begin();
    profiler.end();
    assertThat(said)
        .containsExactly(
            "start,event=ctimer,jfr,file=profile.jfr",
            "stop",
            "resume,event=ctimer,jfr,file=profile.jfr",
            "stop");
  }
}
