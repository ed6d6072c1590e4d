package dev.cpra.manifest.kind;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Regular expressions as manifests write them: RE2's, which take time linear in the text, so
/// nothing a target sends can hold a thread. No look-around and no back-references.
public final class Regexes {
  /// Most instructions one expression may compile to.
  public static final int SIZE_MAX = 10_000;

  /// An expression's length.
  static final Type TYPE = new Type.Text(1, 4_096, null, "a regular expression");

  private Regexes() {}

  /// Compiles an expression.
  ///
  /// @throws IllegalArgumentException if it is none, or too large; the message says which
  public static Pattern compile(String regex) {
    // Before it is compiled: nested repetitions would fill the memory.
    if (new Sizer(regex).size() > SIZE_MAX) {
      throw tooLarge();
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "expected a regular expression (RE2's, without look-around and back-references); "
              + wrong.getDescription(),
          wrong);
    }
    if (pattern.programSize() > SIZE_MAX) {
      throw tooLarge();
    }
    return pattern;
  }

  /// Reports what is wrong with a key's expression. Gives the expression, or null.
  static @Nullable String read(Fields fields, String key) {
    String regex = fields.textOrNull(key);
    if (regex != null) {
      String wrong = wrong(regex);
      if (wrong != null) {
        fields.problem(key, wrong);
      }
    }
    return regex;
  }

  /// What is wrong with an expression, null if nothing.
  static @Nullable String wrong(String regex) {
    try {
      var _ = compile(regex);
      return null;
    } catch (IllegalArgumentException wrong) {
      return wrong.getMessage();
    }
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "expected a smaller regular expression; its repetitions make it larger than "
            + SIZE_MAX
            + " instructions");
  }

  /// Counts what an expression will compile to, never too little.
  private static final class Sizer {
    private static final long ENOUGH = SIZE_MAX * 10L;

    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    private long sum;
    private long last;

    Sizer(String regex) {
      this.regex = regex;
    }

    long size() {
      while (at < regex.length()) {
        char c = regex.charAt(at++);
        switch (c) {
          case '\\' -> escape();
          case '[' -> skipClass();
          case '(' -> {
            outer.push(sum);
            sum = 0;
            last = 0;
          }
          case ')' -> {
            long inner = sum + 2;
            sum = outer.isEmpty() ? 0 : outer.pop();
            atom(inner);
          }
          case '{' -> repeat();
          case '*', '+', '?' -> {
            sum++;
            last++;
          }
          default -> atom(1);
        }
      }
      while (!outer.isEmpty()) {
        sum = Math.min(ENOUGH, sum + outer.pop());
      }
      return sum;
    }

    private void atom(long size) {
      last = Math.min(ENOUGH, size);
      sum = Math.min(ENOUGH, sum + last);
    }

    private void escape() {
      if (at < regex.length() && regex.charAt(at) == 'Q') {
        int end = regex.indexOf("\\E", at);
        int to = end < 0 ? regex.length() : end;
        atom(to - at);
        at = end < 0 ? to : end + 2;
        // A repetition repeats the last character only; counting all of them is safe.
        return;
      }
      char kind = at < regex.length() ? regex.charAt(at) : ' ';
      at++;
      if ((kind == 'p' || kind == 'P' || kind == 'x')
          && at < regex.length()
          && regex.charAt(at) == '{') {
        int end = regex.indexOf('}', at);
        at = end < 0 ? regex.length() : end + 1;
      }
      atom(1);
    }

    private void skipClass() {
      if (at < regex.length() && regex.charAt(at) == '^') {
        at++;
      }
      if (at < regex.length() && regex.charAt(at) == ']') {
        at++;
      }
      while (at < regex.length() && regex.charAt(at) != ']') {
        int named = regex.startsWith("[:", at) ? regex.indexOf(":]", at + 2) : -1;
        if (named >= 0) {
          at = named + 2;
        } else {
          at += regex.charAt(at) == '\\' ? 2 : 1;
        }
      }
      at++;
      atom(1);
    }

    private void repeat() {
      int end = regex.indexOf('}', at);
      String inside = end < 0 ? "" : regex.substring(at, end);
      if (!inside.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
        atom(1);
        return;
      }
      at = end + 1;
      long times = 1;
      for (String bound : inside.split(",", -1)) {
        times = Math.max(times, bound.isEmpty() ? times + 1 : Long.parseLong(bound));
      }
      long once = last;
      last = Math.min(ENOUGH, once * times + times);
      sum = Math.min(ENOUGH, sum + last - once);
    }
  }
}
