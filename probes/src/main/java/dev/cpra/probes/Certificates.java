package dev.cpra.probes;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Looks at the certificates a server presented.
final class Certificates {
  private static final long DAY_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private Certificates() {}

  /// When the first of them expires, in seconds since 1970; 0 if there are none.
  static long expiresSeconds(Channel channel) {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      return 0;
    }
    long first = Long.MAX_VALUE;
    try {
      for (Certificate each : handler.engine().getSession().getPeerCertificates()) {
        if (each instanceof X509Certificate certificate) {
          first = Math.min(first, certificate.getNotAfter().toInstant().getEpochSecond());
        }
      }
    } catch (SSLPeerUnverifiedException _) {
      return 0;
    }
    return first == Long.MAX_VALUE ? 0 : first;
  }

  /// What is wrong with certificates that expire then, null if they are valid for long enough.
  static @Nullable String wrong(long expiresSeconds, int days, long nowSeconds) {
    long left = expiresSeconds - nowSeconds;
    if (left >= days * DAY_SECONDS) {
      return null;
    }
    return left < 0
        ? "a certificate has expired"
        : "a certificate expires in " + left / DAY_SECONDS + " day(s), expected at least " + days;
  }
}
