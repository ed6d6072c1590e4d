package dev.cpra.manifest.read;

import dev.cpra.manifest.Shape.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks what holds between the keys of one mapping.
final class Rules {
  private Rules() {}

  static void check(Binder binder, Bound bound) {
    for (Rule rule : bound.shape.rules()) {
      switch (rule) {
        case Rule.ExactlyOne one -> exactlyOne(binder, bound, one.sets());
        case Rule.OnlyWith only -> {
          Node node = bound.nodes[bound.shape.position(only.key())];
          if (node != null
              && bound.get(only.by()) instanceof String value
              && !only.values().contains(value)) {
            bound.problem(
                only.key(),
                "has no meaning with `"
                    + only.by()
                    + ": "
                    + value
                    + "`; it belongs to "
                    + Words.list(sorted(only.values()))
                    + "; remove it");
          }
        }
        case Rule.NeededWith needed -> {
          if (!bound.has(needed.key())
              && bound.get(needed.by()) instanceof String value
              && needed.values().contains(value)) {
            binder.problem(
                bound.mapping,
                "missing key `"
                    + needed.key()
                    + "`; expected with `"
                    + needed.by()
                    + ": "
                    + value
                    + "`");
          }
        }
      }
    }
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private static void exactlyOne(Binder binder, Bound bound, List<List<String>> sets) {
    int touched = 0;
    boolean complete = false;
    for (List<String> set : sets) {
      int given = 0;
      for (String key : set) {
        given += bound.has(key) ? 1 : 0;
      }
      touched += given > 0 ? 1 : 0;
      complete |= given == set.size();
    }
    if (touched != 1 || !complete) {
      String wanted =
          sets.stream()
              .map(set ->
                  set.stream().map(key -> "`" + key + "`").collect(Collectors.joining(" and ")))
              .collect(Collectors.joining(", or "));
      String remedy = touched > 1 ? "; keep one of them" : "";
      binder.problem(bound.mapping, "expected " + wanted + " and not both" + remedy);
    }
  }
}
