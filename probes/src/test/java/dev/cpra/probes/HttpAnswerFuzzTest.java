package dev.cpra.probes;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cpra.manifest.kind.Auth;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.Secret;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Whatever a server answers, an HTTP check ends once, with an outcome, and holds no buffer after.
/// Without fuzzing the kept inputs are replayed: see [FuzzedWire.Input].
final class HttpAnswerFuzzTest {
  private static final String URL = "http://127.0.0.1:8080/health";

  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(3);

  /// Twice a body and its growth, a header, a chunk, a TLS record and what is being read.
  private static final long BYTES_MAX = 4 * 64 * 1024 + 64 * 1024;

  private static final List<HttpConfig> CHECKS =
      List.of(
          HttpConfig.get(URL),
          Checks.get(URL).method("HEAD").build(),
          Checks.get(URL).contains("fine").build(),
          Checks.get(URL).regex("(a+)+b|o.k").keepAlive().build(),
          Checks.get(URL).contains("fine").maxBytes(64).build(),
          Checks.get(URL).followRedirects().keepAlive().build(),
          Checks.get(URL).followRedirects().method("POST").body("{}").contains("fine").build(),
          Checks.get(URL).followRedirects().auth(new Auth.Bearer(new Secret("t"))).build(),
          Checks.get(URL).retries(2).contains("fine").build(),
          Checks.get(URL).method("HEAD").keepAlive().followRedirects().build(),
          Checks.get("https://127.0.0.1:8443/").trustAnyone().build());

  @DictionaryFile(resourcePath = "http-answer.dict")
  @FuzzTest(maxDuration = "5m")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void anyAnswerEndsTheCheckOnce(byte[] input) {
    FuzzedWire.Input script = FuzzedWire.Input.of(input);
    FuzzedWire wire = new FuzzedWire(BYTES_MAX);
    wire.run(HttpProbe.check(CHECKS.get(script.choice(CHECKS.size())), TIMEOUT_NANOS), script);
    wire.closeAndLookForLeaks();
  }
}
