package dev.cpra.manifest.kind;

import com.jayway.jsonpath.JsonPath;

/// JSON paths as manifests write them. What would make one costly is refused, so that looking one
/// up takes time linear in the document.
public final class JsonPaths {
  private JsonPaths() {}

  /// Compiles a path such as `$.checks[0].status`.
  ///
  /// @throws IllegalArgumentException if it is none, or one that could be costly
  public static JsonPath compile(String path) {
    if (path.contains("=~")) {
      throw new IllegalArgumentException(
          "expected a path without `=~`; compare with `regex` beside it");
    }
    if (count(path, "..") > 1 || count(path, "?") > 1) {
      throw new IllegalArgumentException("expected a path with at most one `..` and one filter");
    }
    try {
      return JsonPath.compile(path);
    } catch (RuntimeException wrong) {
      // The library has more than one exception for what it cannot read.
      throw new IllegalArgumentException("expected a JSON path such as `$.status`", wrong);
    }
  }

  private static int count(String text, String what) {
    int count = 0;
    for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
      count++;
    }
    return count;
  }
}
