package dev.cpra.manifest.read;

import dev.cpra.manifest.Durations;
import dev.cpra.manifest.Type;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The words of error messages.
final class Words {
  private static final int SHOWN_MAX = 60;
  private static final int MESSAGE_MAX = 300;
  private static final int KNOWN_MAX = 40;
  private static final Pattern USER_INFORMATION = Pattern.compile("//[^/@\\s]*@");

  private Words() {}

  /// What a type accepts.
  static String expected(Type type) {
    return switch (type) {
      case Type.Text text -> text.expected();
      case Type.Bool _ -> "true or false";
      case Type.Whole whole -> "an integer from " + whole.min() + " to " + whole.max();
      case Type.Decimal number ->
          "a number from " + plain(number.min()) + " to " + plain(number.max());
      case Type.Duration duration -> duration(duration);
      case Type.Bytes bytes ->
          "a number of bytes from "
              + bytes.min()
              + " to "
              + bytes.max()
              + ", such as 65536 or 64KiB";
      case Type.Url url ->
          "a URL that starts with " + String.join(":// or ", url.schemes()) + "://";
      case Type.Choice choice -> "one of " + list(choice.values());
      case Type.ListOf list -> list.orSingle() ? expected(list.item()) + ", or a list" : "a list";
      case Type.MapOf _, Type.Nested _, Type.Config _ -> "a mapping";
      case Type.Later later -> expected(later.type());
      case Type.Either either ->
          either.types().stream().map(Words::expected).collect(Collectors.joining(" or "));
    };
  }

  private static String duration(Type.Duration type) {
    if (type.minNanos() == 1) {
      return "a duration above zero such as 30s or 1m30s";
    }
    if (type.minNanos() > 1) {
      return "a duration of at least " + Durations.format(type.minNanos());
    }
    return "a duration such as 30s or 1m30s";
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /// `a`, `b`, `c`.
  static String list(Collection<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  /// What stands in the file, as far as it may be shown.
  static String found(Node node, boolean secret) {
    return switch (node) {
      case Node.Scalar scalar -> {
        if (Scalars.classify(scalar) == Scalars.Form.NULL) {
          yield "nothing";
        }
        yield secret
            ? "a value that is not shown"
            : (scalar.plain() ? "" : "the string ") + "`" + shorten(scalar.text()) + "`";
      }
      case Node.Sequence _ -> "a list";
      case Node.Mapping _ -> "a mapping";
      case Node.Broken _ -> "something broken";
    };
  }

  /// The text on one line, cut, without passwords in URLs.
  static String shorten(String text) {
    String clean =
        USER_INFORMATION.matcher(text).replaceAll("//***@").replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= SHOWN_MAX ? clean : clean.substring(0, SHOWN_MAX) + "...";
  }

  /// Another's message, cut: it may repeat a name of any length.
  static String cut(String message) {
    return message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "...";
  }

  /// ` did you mean ...?`, or how the known words are called.
  static String suggestion(String word, Collection<String> known) {
    String near = nearest(word, known);
    if (near != null) {
      return "; did you mean `" + near + "`?";
    }
    List<String> first = known.stream().sorted().limit(KNOWN_MAX).map(Words::shorten).toList();
    int more = known.size() - first.size();
    return "; remove it, known are " + list(first) + (more == 0 ? "" : " and " + more + " more");
  }

  /// The known word most like this one, or null when none is.
  static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > 64) {
      return null;
    }
    String best = null;
    int bestDistance = Math.max(1, word.length() / 3) + 1;
    for (String candidate : List.copyOf(known).stream().sorted().toList()) {
      int distance = distance(word, candidate);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best;
  }

  /// Damerau-Levenshtein with neighbours swapped: insertions, deletions, replacements and swaps.
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
