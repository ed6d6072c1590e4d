package dev.cpra.harness.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.trial.ChildMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real child processes.
final class ForkedJvmTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private ForkedJvm child(String script) throws Exception {
    return ForkedJvm.start(List.of("/bin/sh", "-c", script), folder, "spec");
  }

  @Test
  void aChildThatDiesIsReportedWithItsExitCodeAndLastLines() throws Exception {
    try (ForkedJvm child = child("echo some noise; echo the reason >&2; exit 134")) {
      ForkedJvm.End end = child.await(LONG, LONG, () -> false, _ -> {});
      assertThat(end.done()).isFalse();
      assertThat(end.reason()).contains("134").contains("some noise").contains("the reason");
    }
  }

  @Test
  void aChildThatSaysNothingIsKilled() throws Exception {
    try (ForkedJvm child = child("echo alive; exec sleep 600")) {
      ForkedJvm.End end = child.await(LONG, Duration.ofMillis(300), () -> false, _ -> {});
      assertThat(end.reason()).contains("said nothing").contains("killed");
    }
  }

  @Test
  void aChildThatNeverEndsIsKilledHoweverMuchItSays() throws Exception {
    String message = new ChildMessage(ChildMessage.Type.PROGRESS, "p", 1, 2, 3).line();
    try (ForkedJvm child = child("while :; do echo '" + message + "'; sleep 0.05; done")) {
      ForkedJvm.End end = child.await(Duration.ofMillis(500), LONG, () -> false, _ -> {});
      assertThat(end.reason()).contains("not done after");
    }
  }

  @Test
  void messagesArriveAmidNoiseAndTheSpecIsTheFirstLineOfItsInput() throws Exception {
    String progress = new ChildMessage(ChildMessage.Type.PROGRESS, "steady", 1, 2, 3).line();
    String done = new ChildMessage(ChildMessage.Type.DONE, "", 0, 0, 0).line();
    List<ChildMessage> heard = new ArrayList<>();
    String script =
        "read line; [ \"$line\" = spec ] || exit 9; echo noise; echo '"
            + progress
            + "'; echo '"
            + done
            + "'";
    try (ForkedJvm child = child(script)) {
      assertThat(child.await(LONG, LONG, () -> false, heard::add).done()).isTrue();
    }
    assertThat(heard)
        .extracting(ChildMessage::type)
        .containsExactly(ChildMessage.Type.PROGRESS, ChildMessage.Type.DONE);
  }

  @Test
  void aCancelledChildIsKilled() throws Exception {
    try (ForkedJvm child = child("exec sleep 600")) {
      ForkedJvm.End end = child.await(LONG, LONG, () -> true, _ -> {});
      assertThat(end.reason()).isEqualTo("interrupted");
    }
  }
}
