package dev.cpra.manifest.load;

import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import java.nio.file.Path;

/// Where a load's monitors come from.
public sealed interface MonitorSource {
  /// Monitors made from a mix.
  ///
  /// @param generate as read; its configs hold variables of embedded targets as placeholders until
  ///   [#resolve] has read them again
  /// @param source how to read it again
  record Generated(Generate generate, Reread<GenerateResult> source) implements MonitorSource {
    /// The mix with the variables that these options look up, once embedded targets have addresses.
    public GenerateResult resolve(LoadOptions options) {
      return source.read(options);
    }
  }

  /// The monitors of a manifest.
  ///
  /// @param manifest an existing file; what is in it is checked when it is read
  record FromManifest(Path manifest) implements MonitorSource {
    /// Reads the manifest, all its problems included.
    public LoadResult read(LoadOptions options) {
      return Manifests.load(manifest, options);
    }
  }

  /// Monitors written in the load itself.
  ///
  /// @param count how many
  /// @param source how to read them
  record Inline(int count, Reread<LoadResult> source) implements MonitorSource {
    /// The monitors with the variables that these options look up.
    public LoadResult read(LoadOptions options) {
      return source.read(options);
    }
  }

  /// Reads a part of the load again with other variables.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  interface Reread<T> {
    /// Reads it.
    T read(LoadOptions options);
  }
}
