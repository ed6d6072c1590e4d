package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;

/// `type: tls`
public final class TlsKind implements Kind<TlsConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "A TLS check: the handshake must succeed and the certificates stay valid.",
          Field.of("host", Keys.HOST, "A name or an address; also the name in the certificate.")
              .need(),
          Field.of("port", Keys.PORT, "The port.").or(443L),
          Keys.VERIFY_TLS,
          Keys.CERTIFICATE_DAYS.or(14L),
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "tls";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public TlsConfig read(Fields fields) {
    return new TlsConfig(
        fields.share(fields.text("host")),
        fields.whole("port"),
        fields.flag("verify_tls"),
        fields.whole("certificate_days"),
        fields.whole("retries"));
  }
}
