package dev.cpra.manifest.read;

import org.jspecify.annotations.Nullable;

/// Makes strings of characters. Short ones that were made not long ago are found again: most words
/// of a long list repeat. Used by one thread.
final class Texts {
  private static final int SHORT_MAX = 32;
  private static final int KNOWN = 1 << 12;

  private final @Nullable String[] known = new @Nullable String[KNOWN];

  /// The characters from one place to below another.
  String of(char[] chars, int from, int to) {
    int length = to - from;
    if (length > SHORT_MAX) {
      return new String(chars, from, length);
    }
    int hash = 0; // the string's own
    for (int i = from; i < to; i++) {
      hash = 31 * hash + chars[i];
    }
    int slot = (hash ^ hash >>> 12 ^ hash >>> 22) & (KNOWN - 1);
    String there = known[slot];
    if (there != null && there.hashCode() == hash && isSame(there, chars, from, length)) {
      return there;
    }
    String made = new String(chars, from, length);
    known[slot] = made;
    return made;
  }

  private static boolean isSame(String text, char[] chars, int from, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }
}
