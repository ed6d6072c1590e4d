package dev.cpra.harness.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that was observed while variants ran one load.
///
/// @param format the version of this shape, [#FORMAT]
/// @param load the load's name
/// @param question what the load is to find out, in a sentence; null if it does not say
/// @param drive how it was driven: `open`, `saturate` or `ramp`
/// @param source the load file
/// @param command the command line that repeats this evaluation
/// @param started when the first trial began
/// @param ended when the last one ended
/// @param environment where it ran
/// @param variants what was compared, in the order of the report; the first is the reference
/// @param trials in the order they ran
/// @param warnings what the reader has to know about this run, as sentences
public record Evaluation(
    int format,
    String load,
    @Nullable String question,
    String drive,
    LoadSource source,
    String command,
    Instant started,
    Instant ended,
    Environment environment,
    List<Variant> variants,
    List<TrialResult> trials,
    List<String> warnings) {

  /// The version of the shape written by this code.
  public static final int FORMAT = 1;

  /// The trials of one variant, in the order they ran.
  public List<TrialResult> trialsOf(Variant variant) {
    return trials.stream().filter(trial -> trial.variant().equals(variant.name())).toList();
  }
}
