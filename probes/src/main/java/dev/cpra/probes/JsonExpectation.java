package dev.cpra.probes;

import com.google.re2j.Pattern;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import dev.cpra.manifest.kind.JsonMatch;
import dev.cpra.manifest.kind.JsonPaths;
import dev.cpra.manifest.kind.Regexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a JSON body must hold. Immutable.
final class JsonExpectation {
  /// Parses strictly, and no deeper than Jackson's own limit.
  static final JsonMapper JSON = new JsonMapper();

  private static final Configuration QUIET =
      Configuration.defaultConfiguration().addOptions(Option.SUPPRESS_EXCEPTIONS);

  private record Item(JsonMatch match, JsonPath path, @Nullable Pattern pattern) {}

  private final List<Item> items = new ArrayList<>();

  JsonExpectation(List<JsonMatch> matches) {
    for (JsonMatch match : matches) {
      String regex = match.regex();
      items.add(
          new Item(
              match,
              JsonPaths.compile(match.path()),
              regex == null ? null : Regexes.compile(regex)));
    }
  }

  /// What is wrong with a body, null if nothing. Its own text is never repeated.
  @Nullable String wrong(byte[] body) {
    Object document;
    try {
      document = JSON.readValue(body, Object.class);
    } catch (JacksonException _) {
      return "the body is not JSON";
    }
    Steps steps = new Steps();
    for (Item item : items) {
      if (!fits(item, document, steps)) {
        return steps.areOver()
            ? "the expression for the JSON at `" + item.match.path() + "` is too costly"
            : "the JSON at `" + item.match.path() + "` is not as expected";
      }
    }
    return null;
  }

  private static boolean fits(Item item, @Nullable Object document, Steps steps) {
    if (document == null) {
      return false;
    }
    Object found;
    try {
      found = item.path.read(document, QUIET);
    } catch (JsonPathException _) {
      return false;
    }
    if (!item.path.isDefinite() && found instanceof List<?> several) {
      return several.stream().anyMatch(value -> fits(item, value, true, steps));
    }
    return fits(item, found, false, steps);
  }

  private static boolean fits(Item item, @Nullable Object value, boolean nullable, Steps steps) {
    if (value == null) {
      return nullable && !demands(item.match);
    }
    JsonMatch match = item.match;
    if (match.equal() != null && !equal(match.equal(), value)) {
      return false;
    }
    if (match.min() != null && !(value instanceof Number n && n.doubleValue() >= match.min())) {
      return false;
    }
    if (match.max() != null && !(value instanceof Number n && n.doubleValue() <= match.max())) {
      return false;
    }
    if (item.pattern == null) {
      return true;
    }
    boolean scalar = !(value instanceof List<?>) && !(value instanceof Map<?, ?>);
    return scalar && steps.finds(item.pattern, value.toString());
  }

  private static boolean demands(JsonMatch match) {
    return match.equal() != null
        || match.regex() != null
        || match.min() != null
        || match.max() != null;
  }

  private static boolean equal(Object expected, Object value) {
    return expected instanceof Double number
        ? value instanceof Number found && found.doubleValue() == number
        : expected.equals(value);
  }
}
