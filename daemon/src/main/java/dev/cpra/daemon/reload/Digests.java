package dev.cpra.daemon.reload;

import dev.cpra.engine.Code;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Digests the parts of monitors. What many monitors have in common is digested once. Used by one
/// thread.
final class Digests {
  private static final int KNOWN_MAX = 1 << 14;

  private record Codes(
      Map<Code, NotifyConfig> configs, Map<Code, List<String>> groups, int muted) {}

  private record Groups(List<String> groups, List<String> notified) {}

  private final Map<Object, String> known = new HashMap<>();

  Parts parts(MonitorSpec spec) {
    return new Parts(
        Parts.OF_MONITOR,
        List.of(
            shared(spec.rules(), () -> spec.rules().toString()),
            Parts.digest(spec.pulse().type() + spec.pulse()),
            spec.intervention() == null ? none() : Parts.digest(spec.intervention().toString()),
            shared(
                new Codes(spec.codes(), spec.codeGroups(), spec.mutedCodes()), () -> codes(spec)),
            shared(spec.labels(), () -> new TreeMap<>(spec.labels()).toString()),
            shared(
                new Groups(spec.groups(), spec.notifyGroups()),
                () -> spec.groups() + "/" + spec.notifyGroups())));
  }

  private String none() {
    return shared("null", () -> "null");
  }

  private static String codes(MonitorSpec spec) {
    StringBuilder codes = new StringBuilder();
    for (Code code : Code.values()) {
      codes.append(code).append(spec.codes().get(code)).append(spec.codeGroups().get(code));
    }
    return codes.append(spec.mutedCodes()).toString();
  }

  private String shared(Object part, Supplier<String> text) {
    String digest = known.get(part);
    if (digest == null) {
      if (known.size() >= KNOWN_MAX) {
        known.clear();
      }
      digest = Parts.digest(text.get());
      known.put(part, digest);
    }
    return digest;
  }
}
