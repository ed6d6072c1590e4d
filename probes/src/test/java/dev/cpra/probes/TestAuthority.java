package dev.cpra.probes;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;

/// An authority that signs the certificates of test servers.
final class TestAuthority {
  private TestAuthority() {}

  /// A new one.
  static X509Bundle make() throws Exception {
    return new CertificateBuilder()
        .subject("CN=Test authority")
        .notAfter(Instant.now().plus(Duration.ofDays(30)))
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }
}
