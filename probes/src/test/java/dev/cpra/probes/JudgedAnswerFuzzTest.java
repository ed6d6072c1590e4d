package dev.cpra.probes;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cpra.manifest.kind.DockerConfig;
import dev.cpra.manifest.kind.HeaderMatch;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.JsonMatch;
import dev.cpra.manifest.kind.StatusRange;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Whatever JSON or headers a server answers with, a check that judges them ends once, with an
/// outcome, and holds no buffer after. Without fuzzing the kept inputs are replayed: see
/// [FuzzedWire.Input].
final class JudgedAnswerFuzzTest {
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long BYTES_MAX = 4L << 20;

  private static final List<Probe> CHECKS =
      List.of(
          json("$.status", "up"),
          json("$..ms", 12.0),
          json("$.a[?(@.b > 3)].c", true),
          json("$.a.length()", 2.0),
          HttpProbe.container(
              new DockerConfig("web-1", DockerConfig.SOCKET, true, false, 0), TIMEOUT_NANOS));

  private static Probe json(String path, Object value) {
    HttpConfig.Expect expect =
        new HttpConfig.Expect(
            List.of(StatusRange.SUCCESS),
            null,
            null,
            List.of(new HeaderMatch("A", "(b+)+c", true)),
            List.of(
                new JsonMatch(path, value, null, null, null),
                new JsonMatch("$", null, null, null, null)),
            TIMEOUT_NANOS,
            0);
    return HttpProbe.check(
        Checks.get("http://127.0.0.1:8080/").expect(expect).build(), TIMEOUT_NANOS);
  }

  @DictionaryFile(resourcePath = "http-answer.dict")
  @FuzzTest(maxDuration = "5m")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anyAnswerEndsTheCheckOnce(byte[] input) {
    FuzzedWire.Input script = FuzzedWire.Input.of(input);
    FuzzedWire wire = new FuzzedWire(BYTES_MAX);
    wire.run(CHECKS.get(script.choice(CHECKS.size())), script);
    wire.closeAndLookForLeaks();
  }
}
