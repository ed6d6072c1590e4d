package dev.cpra.harness.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `eval` was asked to do, beside the loads.
///
/// @param engines engines or variants, empty for all
/// @param quick one short round, for a first look
/// @param trials rounds; 0 for the default
/// @param out where the reports go
public record EvalOptions(List<String> engines, boolean quick, int trials, Path out) {
  /// Rounds unless asked otherwise: three pairs show a spread, and ten loads still fit half an
  /// hour.
  public static final int ROUNDS_DEFAULT = 3;

  /// Most rounds.
  public static final int ROUNDS_MAX = 1_000;

  /// How often each variant runs.
  public int rounds() {
    if (trials > 0) {
      return trials;
    }
    return quick ? 1 : ROUNDS_DEFAULT;
  }

  /// The command line that repeats the evaluation of this load.
  public String commandFor(Path load) {
    List<String> words = new ArrayList<>(List.of("./cpra", "eval", load.toString()));
    if (!engines.isEmpty()) {
      words.add("--engines");
      words.add(String.join(",", engines));
    }
    if (quick) {
      words.add("--quick");
    }
    if (trials > 0) {
      words.add("--trials");
      words.add(String.valueOf(trials));
    }
    return String.join(" ", words);
  }
}
