package dev.cpra.harness.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `profile` was asked to do, beside the load and the variants.
///
/// @param event what is sampled
/// @param difference whether two variants are compared
/// @param quick whether the phases are shortened
/// @param out where the folder of flame graphs goes
public record ProfileOptions(ProfileEvent event, boolean difference, boolean quick, Path out) {
  /// The command line that repeats it.
  String commandFor(Path load, List<String> variants) {
    List<String> words = new ArrayList<>(List.of("./cpra", "profile", load.toString()));
    words.add("--engine");
    words.add(String.join(",", variants));
    words.add("--event");
    words.add(event.key());
    if (difference) {
      words.add("--diff");
    }
    if (quick) {
      words.add("--quick");
    }
    return String.join(" ", words);
  }
}
