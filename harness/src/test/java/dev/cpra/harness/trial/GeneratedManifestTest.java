package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.load.Generate;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.MonitorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedManifestTest {
  private static final String LOAD =
      """
      name: through
      monitors:
        generate:
          count: 500
          through: manifest
          mix:
            - {type: http, interval: 30s, timeout: 5s, unhealthy_threshold: 3}
            - {type: tcp, interval: 1m30s, timeout: 500ms, healthy_threshold: 2, codes: {red: {}, gray: {}}}
            - {type: icmp, interval: 10s, timeout: 1s, alerts: {remind: 1h, retries: 2}}
            - {type: dns, interval: 10s, timeout: 1s}
            - {type: tls, interval: 10s, timeout: 1s}
            - {type: docker, interval: 10s, timeout: 1s}
            - type: heartbeat
              interval: 10s
              timeout: 1s
              intervention: {max_failures: 3, retry_delay: 0s, verify: 4, calm: 5, timeout: 7s}
      phases: [{name: run, for: 1s}]
      """;

  @TempDir Path folder;

  private LoadsResult read(String text) throws IOException {
    return LoadFiles.read(List.of(Files.writeString(folder.resolve("load.yaml"), text)));
  }

  /// Kills a rule that is not written, or written in other words than it is read.
  @Test
  void whatIsReadHasTheNamesAndRulesThatWereGenerated() throws IOException {
    Load load = read(LOAD).loads().getFirst();
    Generate generate = ((MonitorSource.Generated) load.monitors()).generate();
    Path file = GeneratedManifest.write(generate, folder);
    LoadResult result = Manifests.load(file, LoadOptions.defaults().withRequireAvailable(true));
    assertThat(result.problems()).isEmpty();
    assertThat(result.monitors()).hasSize(500);
    Set<Object> targets = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      MonitorSpec spec = result.monitors().get(i);
      assertThat(spec.name()).isEqualTo(generate.name(i));
      assertThat(spec.pulse().type()).isEqualTo(generate.entry(i).type());
      assertThat(spec.rules()).isEqualTo(generate.entry(i).rules());
      targets.add(spec.pulse());
    }
    assertThat(targets).as("each has a target of its own").hasSize(500);
  }

  @Test
  void whatNobodyServesIsRefused() throws IOException {
    String wire = LOAD.replace("phases:", "work: {kind: wire}\nphases:");
    assertThat(read(wire).problems().toString()).contains("`through: manifest` writes targets");
    String exec = LOAD.replace("type: dns", "type: exec");
    assertThat(read(exec).problems().toString()).contains("knows no targets for `exec`");
  }
}
