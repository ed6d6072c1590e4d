package dev.cpra.manifest.load;

import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.PulseConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Monitors made from a mix. The same count, seed and mix give the same monitors everywhere.
///
/// @param count how many
/// @param seed decides which monitor gets which entry
/// @param mix at least one entry
/// @param throughManifest whether a trial writes them down as a manifest and reads that
public record Generate(int count, long seed, List<Entry> mix, boolean throughManifest) {

  /// One kind of monitor in the mix.
  ///
  /// @param share its part, above 0; shares count relative to their sum
  /// @param type the kind of check
  /// @param rules the monitors' rules, intervention and alerts included
  /// @param pulse the check's config, or null when the mix gives none
  /// @param intervention likewise
  /// @param codes the configs of those colours that have one; [MonitorRules#alerts] says which
  ///   colours are sent
  /// @param codeGroups the `groups` of those colours that name any
  public record Entry(
      double share,
      String type,
      MonitorRules rules,
      @Nullable PulseConfig pulse,
      @Nullable InterventionConfig intervention,
      Map<Code, NotifyConfig> codes,
      Map<Code, List<String>> codeGroups) {}

  /// Which entry of the mix the monitor with this index (from 0) gets.
  public Entry entry(int index) {
    double total = 0;
    for (int i = 0; i < mix.size(); i++) {
      total += mix.get(i).share();
    }
    double point = unit(seed, index) * total;
    for (int i = 0; i < mix.size() - 1; i++) {
      point -= mix.get(i).share();
      if (point < 0) {
        return mix.get(i);
      }
    }
    return mix.get(mix.size() - 1);
  }

  /// The name of the monitor with this index: type and number, such as `http-000042`.
  public String name(int index) {
    String digits = Integer.toString(index);
    return entry(index).type() + "-" + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
  }

  /// The finalizer of SplitMix64 over seed and index, as a fraction from 0 to below 1.
  private static double unit(long seed, int index) {
    long mixed = seed + (index + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return (mixed >>> 11) * 0x1.0p-53;
  }
}
