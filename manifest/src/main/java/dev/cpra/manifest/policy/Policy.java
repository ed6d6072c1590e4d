package dev.cpra.manifest.policy;

import java.util.List;

/// What a manifest says beside its monitors. Immutable.
///
/// @param silences in the order of the file
/// @param maintenance in the order of the file
/// @param safety what interventions may do
public record Policy(List<Silence> silences, List<Maintenance> maintenance, Safety safety) {
  /// Nothing said.
  public static final Policy DEFAULT = new Policy(List.of(), List.of(), Safety.DEFAULT);

  /// Copies the lists.
  public Policy {
    silences = List.copyOf(silences);
    maintenance = List.copyOf(maintenance);
  }
}
