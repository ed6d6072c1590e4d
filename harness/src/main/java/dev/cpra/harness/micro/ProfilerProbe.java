package dev.cpra.harness.micro;

import dev.cpra.harness.eval.JvmCommand;
import dev.cpra.harness.trial.ProfileAnswer;
import dev.cpra.harness.trial.ProfilerChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import one.profiler.AsyncProfiler;
import tools.jackson.databind.json.JsonMapper;

/// Finds out in a JVM of its own how async-profiler can sample here. Not in this one: the library
/// serves the first class that loads it, and that has to be JMH's.
public final class ProfilerProbe {
  private static final long BOUND_SECONDS = 30;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ProfilerProbe() {}

  /// Asks.
  ///
  /// @param library the native library
  /// @param attempts arguments to start it with, the best first
  /// @param folder where the answer is handed over
  static ProfileAnswer ask(Path library, List<String> attempts, Path folder) throws IOException {
    Path answer = folder.resolve("probe.json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ProfilerProbe.class.getName(), library.toString(), answer.toString()));
    command.addAll(attempts);
    Process probe =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (probe.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) && Files.exists(answer)) {
        return MAPPER.readValue(Files.readAllBytes(answer), ProfileAnswer.class);
      }
      String reason = "no answer from a JVM of its own in " + BOUND_SECONDS + " s";
      return new ProfileAnswer(null, List.of(new ProfileAnswer.Refusal("load", reason)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new ProfileAnswer(null, List.of(new ProfileAnswer.Refusal("load", "interrupted")));
    } finally {
      probe.destroyForcibly();
    }
  }

  /// The other JVM.
  public static void main(String[] arguments) {
    AsyncProfiler profiler = AsyncProfiler.getInstance(arguments[0]);
    List<String> attempts = Arrays.asList(arguments).subList(2, arguments.length);
    ProfileAnswer answer = ProfilerChoice.of(profiler::execute, attempts, "");
    try {
      Files.write(Path.of(arguments[1]), MAPPER.writeValueAsBytes(answer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
