package dev.cpra.daemon.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.policy.Policy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Digests of the parts of a monitor or a policy, made of what their configurations show of
/// themselves: a secret is no part of it. Immutable.
///
/// @param names of the parts
/// @param digests of each, 16 hexadecimal digits
record Parts(List<String> names, List<String> digests) {
  static final List<String> OF_MONITOR =
      List.of("rules", "pulse_check", "intervention", "codes", "labels", "groups");
  static final List<String> OF_POLICY = List.of("silences", "maintenance", "safety");

  Parts {
    names = List.copyOf(names);
    digests = List.copyOf(digests);
    if (names.size() != digests.size()) {
      throw new IllegalArgumentException(
          "expected " + names.size() + " digests, found " + digests.size());
    }
  }

  static Parts of(MonitorSpec spec) {
    return new Digests().parts(spec);
  }

  static Parts of(Policy policy) {
    return digested(OF_POLICY, policy.silences(), policy.maintenance(), policy.safety());
  }

  /// The names of the parts that differ. Both have the same parts.
  List<String> differing(Parts other) {
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!digests.get(i).equals(other.digests.get(i))) {
        differing.add(names.get(i));
      }
    }
    return differing;
  }

  private static Parts digested(List<String> names, Object... parts) {
    return new Parts(names, Arrays.stream(parts).map(part -> digest(part.toString())).toList());
  }

  /// Sets and maps have another order in each JVM, so the pieces of the text are sorted.
  static String digest(String text) {
    String[] pieces = text.split("[,{}\\[\\]]");
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = pieces[i].strip();
    }
    Arrays.sort(pieces);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(String.join("\n", pieces).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
