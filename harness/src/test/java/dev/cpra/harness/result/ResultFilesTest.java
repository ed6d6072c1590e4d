package dev.cpra.harness.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultFilesTest {

  @TempDir private Path folder;

  private static final Variant VARIANT = new Variant("base", "baseline", Map.of("batch", "64"));

  @Test
  void aTrialIsReadBackAsItWasWritten() throws IOException {
    Histogram histogram = new Histogram(3_600_000_000L, 3);
    histogram.recordValue(1_234);
    LaneCounts pulse = new LaneCounts(10, 9, 0, 1, 0, 7, 1, 1, 0, 0, 0, 8);
    TrialResult trial =
        new TrialResult(
            "base",
            "baseline",
            Map.of("batch", "64"),
            0,
            3,
            Status.partial("stopped by Ctrl-C"),
            List.of(new PhaseResult("steady", true, 0, 1.5, 8, 6.0)),
            new Throughput(5.3, 6.0, false, 8, 1.5, new RateBracket(5.0, 6.5, true)),
            Map.of("pulse", new LaneLatency(Histograms.encode(histogram), null)),
            List.of(new Sample(0.25, 4, 12.5, 1, 0, 20, null, Map.of("engine", 0.5))),
            new LedgerCounts(pulse, LaneCounts.NONE, LaneCounts.NONE, AlertCounts.NONE, 0, 0, 0),
            null,
            new Cpu(1, 2, 3, 4, 5),
            new Memory(100L, 25.5, null, 80.0, List.of(new HeapPoint(0.5, 20.25))),
            new Gc(2, 3.5, 2.5),
            1e6,
            new ManifestRead(12.5, 300.0),
            400.0,
            List.of(new FaultResult("slow", 0.5, 0.75, null)),
            new Noise(300.0, 4_000.0, 0.1),
            List.of(
                new TargetCheck(
                    "http-1",
                    "http",
                    8L,
                    8L,
                    9L,
                    8L,
                    List.of(new StateChange(0, "up")),
                    List.of(),
                    true)),
            Map.of("web-1", List.of(new StateChange(0.5, "idle"))),
            new Jvm(7, "25", "Parallel", List.of("-Xmx1g"), new Sleep(50_000, 1L)));
    Path file = folder.resolve("new/trial.json");

    ResultFiles.writeTrial(trial, file);

    assertThat(ResultFiles.readTrial(file)).isEqualTo(trial);
    assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aTrialThatDiedIsReadBackAndIsNotComparable() throws IOException {
    TrialResult trial = TrialResult.died(VARIANT, 1, 4, "exit code 134");
    Path file = folder.resolve("trial.json");

    ResultFiles.writeTrial(trial, file);

    TrialResult read = ResultFiles.readTrial(file);
    assertThat(read).isEqualTo(trial);
    assertThat(read.comparable()).isFalse();
    assertThat(read.balanced()).isFalse();
  }

  @Test
  void aFileThatIsNoTrialIsRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"variant\": 3, \"nonsense\": 1}");

    assertThatThrownBy(() -> ResultFiles.readTrial(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.json")
        .hasMessageContaining("TrialResult");
  }

  @Test
  void histogramsKeepTheirValues() {
    Histogram histogram = new Histogram(3_600_000_000L, 3);
    for (int value = 1; value <= 1_000; value++) {
      histogram.recordValue(value);
    }

    Histogram read = Histograms.decode(Histograms.encode(histogram));

    assertThat(read).isEqualTo(histogram);
    assertThat(Histograms.encode(new Histogram(2))).isNull();
    assertThatThrownBy(() -> Histograms.decode("no histogram"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HdrHistogram");
  }

  @Test
  void theLedgersFiguresKeepTheirPlaces() {
    Ledger ledger = new Ledger();
    ledger.pulse.due = 100;
    ledger.pulse.dispatched = 90;
    ledger.pulse.missed = 10;
    ledger.pulse.ok = 80;
    ledger.pulse.failed = 7;
    ledger.pulse.expired = 3;
    ledger.pulse.stale = 2;
    ledger.pulse.outcomes = 89;
    ledger.alerts.raised = 5;
    ledger.alerts.delivered = 5;

    LedgerCounts counts = LedgerCounts.of(ledger);

    assertThat(counts.pulse()).isEqualTo(new LaneCounts(100, 90, 0, 10, 0, 80, 7, 3, 0, 0, 2, 89));
    assertThat(counts.balanced()).isTrue();
    ledger.pulse.ok++;
    assertThat(LedgerCounts.of(ledger).balanced()).isFalse();
  }

  @Test
  void aStatusSaysWhyIfAndOnlyIfItIsNotComplete() {
    assertThatThrownBy(() -> new Status(Status.Kind.DIED, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Status(Status.Kind.COMPLETE, "fine"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
