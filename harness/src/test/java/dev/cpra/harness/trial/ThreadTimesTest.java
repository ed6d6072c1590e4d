package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.Cpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Threads in a folder of the kernel's shape that come, go, and take over each other's numbers.
final class ThreadTimesTest {
  @TempDir Path tasks;

  private ThreadTimes times;

  @BeforeEach
  void open() {
    times = new ThreadTimes(tasks);
  }

  private void thread(int id, String name, long nanos) throws IOException {
    Path task = Files.createDirectories(tasks.resolve(String.valueOf(id)));
    Files.writeString(task.resolve("comm"), name + "\n");
    Files.writeString(task.resolve("schedstat"), nanos + " 5 7\n");
  }

  private void ends(int id) throws IOException {
    Path task = tasks.resolve(String.valueOf(id));
    Files.delete(task.resolve("comm"));
    Files.delete(task.resolve("schedstat"));
    Files.delete(task);
  }

  private long read(String group) {
    return times.read()[Cpu.GROUPS.indexOf(group)];
  }

  @Test
  void whatAThreadHadUsedStaysWithItsGroupWhenItEnds() throws IOException {
    thread(1, "C2 CompilerThre", 700);
    thread(2, "C1 CompilerThre", 50);
    assertThat(read("compiler")).isEqualTo(750);

    ends(1);
    thread(2, "C1 CompilerThre", 60);

    assertThat(read("compiler")).isEqualTo(760);
    assertThat(read("compiler")).as("counted once").isEqualTo(760);
  }

  @Test
  void aNumberGivenAgainIsAnotherThread() throws IOException {
    thread(1, "C2 CompilerThre", 700);
    assertThat(read("compiler")).isEqualTo(700);

    thread(1, "engine", 3);

    assertThat(read("engine")).isEqualTo(3);
    assertThat(read("compiler")).isEqualTo(700);
  }

  @Test
  void aSystemWithoutTheFolderHasNoTimes() {
    assertThat(new ThreadTimes(tasks.resolve("none")).read()).containsOnly(0);
  }
}
