package dev.cpra.probes;

import com.google.re2j.Pattern;

/// What the regular expressions on one part of an answer (its headers, its body as a text, its
/// JSON) may cost together: they run on an event loop, which has other checks to attend to. Not
/// thread-safe.
final class Steps {
  /// Most steps, at one per instruction and character: a third of a second at worst.
  private static final long MOST = 1 << 26;

  private long taken;

  /// Whether the pattern is found; false, too, if looking would cost too much.
  boolean finds(Pattern pattern, String text) {
    taken += (long) pattern.programSize() * text.length();
    return taken <= MOST && pattern.matcher(text).find();
  }

  /// Whether something was not looked for.
  boolean areOver() {
    return taken > MOST;
  }
}
