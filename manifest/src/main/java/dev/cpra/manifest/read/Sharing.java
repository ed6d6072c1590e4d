package dev.cpra.manifest.read;

import java.util.HashMap;
import java.util.Map;

/// Keeps one copy of equal objects. Bounded: when it is full it forgets what it knew and goes on,
/// so that values which never repeat cost no more than the bound.
final class Sharing {
  private static final int MOST = 1 << 16;

  private final Map<Object, Object> known = new HashMap<>();

  /// An equal object known before, or this one.
  @SuppressWarnings("unchecked")
  <T> T share(T value) {
    Object earlier = known.putIfAbsent(value, value);
    if (earlier != null) {
      return (T) earlier;
    }
    if (known.size() > MOST) {
      known.clear();
      known.put(value, value);
    }
    return value;
  }
}
