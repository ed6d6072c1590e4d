package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Shape.Rule.ExactlyOne;
import dev.cpra.manifest.Type;
import java.util.List;
import java.util.regex.Pattern;

/// `type: tcp`
public final class TcpKind implements Kind<TcpConfig> {
  private static final Shape SHAPE =
      Shape.of(
              "A TCP check.",
              Field.of("host", Keys.HOST, "A name or an address."),
              Field.of("port", Keys.PORT, "The port."),
              Field.of(
                  "address",
                  new Type.Text(
                      3,
                      260,
                      Pattern.compile("(\\[[^\\s/\\]]+\\]|[^\\s/:\\[\\]]+):[0-9]{1,5}"),
                      "`host:port`, an IPv6 address in brackets"),
                  "`host:port` in place of `host` and `port`."),
              Field.of("send", Type.TEXT, "Written once connected."),
              Field.of("expect", Type.TEXT, "Must be part of what comes back."),
              Field.of("tls", Type.BOOL, "Whether TLS is spoken.").or(false),
              Keys.VERIFY_TLS,
              Keys.CERTIFICATE_DAYS.or(0L),
              Keys.RETRIES)
          .with(new ExactlyOne(List.of(List.of("host", "port"), List.of("address"))));

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public TcpConfig read(Fields fields) {
    String host;
    int port;
    if (fields.has("address")) {
      String address = fields.text("address");
      int colon = address.lastIndexOf(':');
      host = address.substring(0, colon);
      port = Integer.parseInt(address.substring(colon + 1));
      if (port < 1 || port > 65_535) {
        fields.problem("address", "expected a port from 1 to 65535");
      }
    } else {
      host = fields.text("host");
      port = fields.whole("port");
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    boolean tls = fields.flag("tls");
    for (String key : List.of("verify_tls", "certificate_days")) {
      if (!tls && fields.has(key)) {
        fields.problem(key, "`" + key + "` without `tls: true`; add it or remove the key");
      }
    }
    return new TcpConfig(
        fields.share(host),
        port,
        fields.textOrNull("send"),
        fields.textOrNull("expect"),
        tls,
        fields.flag("verify_tls"),
        fields.whole("certificate_days"),
        fields.whole("retries"));
  }
}
