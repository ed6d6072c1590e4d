package dev.cpra.harness.trial;

import dev.cpra.harness.trial.ProfileAnswer.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out how async-profiler can sample in this process. Stateless.
public final class ProfilerChoice {
  private ProfilerChoice() {}

  /// The profiler's commands.
  @FunctionalInterface
  public interface Commands {
    /// Carries one out.
    ///
    /// @throws IllegalStateException if it can't be done here
    String execute(String command) throws IOException;
  }

  /// Starts and stops it with each of the attempts until one is accepted. That also makes it read
  /// the symbols of all libraries, which takes some tenths of a second, before anything is
  /// measured.
  ///
  /// @param output more arguments for starting it, or nothing
  public static ProfileAnswer of(Commands commands, List<String> attempts, String output) {
    List<Refusal> refused = new ArrayList<>();
    for (String attempt : attempts) {
      String reason = refusal(commands, attempt + output);
      if (reason == null) {
        return new ProfileAnswer(attempt, List.copyOf(refused));
      }
      refused.add(new Refusal(attempt, reason));
    }
    return new ProfileAnswer(null, List.copyOf(refused));
  }

  private static @Nullable String refusal(Commands commands, String arguments) {
    try {
      var _ = commands.execute("start," + arguments);
      var _ = commands.execute("stop");
      return null;
    } catch (IOException | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
