package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a header of the response must look like.
///
/// @param name a token as HTTP defines it
/// @param text part of the value; empty if the header only has to be there
/// @param isRegex whether `text` is a regular expression to be found, else it is meant literally
public record HeaderMatch(String name, String text, boolean isRegex) {
  private static final Type VALUES =
      new Type.MapOf(new Type.Text(0, 4_096, null, "the text of a header"), 50);
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

  /// The `headers` key of an expectation.
  static final Field FIELD =
      Field.of("headers", VALUES, "Headers, each with a text its value must contain.");

  /// The `headers_regex` key of an expectation.
  static final Field REGEX_FIELD =
      Field.of(
          "headers_regex",
          VALUES,
          "Headers, each with a regular expression to be found in its value.");

  /// Reads both keys.
  static List<HeaderMatch> read(Fields expect) {
    if (!expect.has("headers") && !expect.has("headers_regex")) {
      return List.of();
    }
    List<HeaderMatch> all = new ArrayList<>();
    read(expect, "headers", false, all);
    read(expect, "headers_regex", true, all);
    return List.copyOf(all);
  }

  private static void read(Fields expect, String key, boolean regex, List<HeaderMatch> into) {
    for (Map.Entry<String, String> each :
        new TreeMap<>(expect.entries(key, String.class)).entrySet()) {
      if (!NAME.matcher(each.getKey()).matches()) {
        expect.problem(key, "expected names of headers, such as `Content-Type`");
      }
      String wrong = regex ? Regexes.wrong(each.getValue()) : null;
      if (wrong != null) {
        expect.problem(key, wrong);
      }
      into.add(new HeaderMatch(each.getKey(), each.getValue(), regex));
    }
  }
}
