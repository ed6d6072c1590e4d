package dev.cpra.manifest;

/// One kind of check, intervention or code: its name, the keys it takes and how they become a
/// config.
///
/// Kinds are found by [java.util.ServiceLoader], so a new one is its class and its registration.
/// From its [Shape] come both the strict loader and the published JSON Schema. The config records
/// and their kinds are pure data and live in `dev.cpra.manifest.kind`; whoever executes jobs
/// registers an implementation by the config's class.
///
/// Implementations are stateless and safe for use by many threads.
///
/// @param <C> a [PulseConfig], [InterventionConfig] or [NotifyConfig], as the section demands
public interface Kind<C> {
  /// Where the kind may stand.
  Section section();

  /// The name a manifest writes, unique within the section.
  String name();

  /// The keys of the kind's config.
  Shape shape();

  /// Makes the config of fields that are complete and checked against [#shape()]. What a shape
  /// cannot say is reported through [Fields#problem]; an [IllegalArgumentException] counts as one
  /// problem too.
  C read(Fields fields);

  /// False when manifests may name the kind but nothing executes it yet.
  default boolean available() {
    return true;
  }

  /// Why the kind is not available, or an empty string.
  default String unavailableReason() {
    return "";
  }
}
