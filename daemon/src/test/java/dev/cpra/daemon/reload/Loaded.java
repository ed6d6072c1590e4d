package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.core.Configuration;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Configurations as they come, out of a file.
final class Loaded {
  private Loaded() {}

  static LoadResult load(Path folder, String yaml) {
    try {
      Path file = Files.writeString(folder.resolve("m.yaml"), yaml);
      return Manifests.load(file, LoadOptions.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Configuration configuration(Path folder, String yaml) {
    LoadResult loaded = load(folder, yaml);
    assertThat(loaded.report()).isEmpty();
    return new Configuration(loaded.monitors(), loaded.policy());
  }
}
