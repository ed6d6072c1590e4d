package dev.cpra.manifest.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a document with its place. Lines and columns count from 1.
public sealed interface Node {
  /// Where it starts.
  int line();

  /// Where it starts.
  int column();

  /// How many nodes it holds, aliases expanded.
  default int weight() {
    return 1;
  }

  /// Text, a number, a flag or nothing.
  ///
  /// @param plain whether it was written without quotes, so that `true` and `5` mean what they say
  record Scalar(String text, boolean plain, int line, int column) implements Node {}

  /// A list.
  record Sequence(List<Node> items, int line, int column, int weight) implements Node {}

  /// A mapping without duplicate keys, merged ones included.
  record Mapping(List<Entry> entries, int line, int column, int weight) implements Node {
    /// The value of a key, or null.
    public @Nullable Node get(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /// Something whose problem is already reported.
  record Broken(int line, int column) implements Node {}

  /// A key and its value.
  record Entry(Scalar key, Node value) {}
}
