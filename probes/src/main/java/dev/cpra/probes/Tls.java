package dev.cpra.probes;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/// Makes TLS handlers. Thread-safe.
final class Tls {
  private final SslContext verifying;
  private final SslContext trusting;
  private final AtomicInteger nextSession = new AtomicInteger();

  Tls(List<X509Certificate> trusted) {
    try {
      SslContextBuilder builder = client();
      if (!trusted.isEmpty()) {
        builder.trustManager(trusted);
      }
      verifying = builder.endpointIdentificationAlgorithm("HTTPS").build();
      trusting =
          client()
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("the trusted certificates cannot be used", e);
    }
  }

  SslHandler handler(ByteBufAllocator allocator, Endpoint endpoint) {
    SslContext context = endpoint.verify() ? verifying : trusting;
    // The port only names the session in the JDK's cache. A new name each time means that no check
    // resumes the session of an earlier one, which would skip the certificate.
    int sessionName = nextSession.getAndIncrement() & Integer.MAX_VALUE;
    SslHandler handler = context.newHandler(allocator, endpoint.host(), sessionName);
    SNIServerName name = endpoint.literal() == null ? serverName(endpoint.host()) : null;
    if (name != null) {
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(name));
      handler.engine().setSSLParameters(parameters);
    }
    // The run's own deadline ends a handshake that hangs.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  /// For clients that block. Whether a certificate is for the host's name they look at themselves.
  SSLSocketFactory sockets(boolean verify) {
    SslContext context = verify ? verifying : trusting;
    if (context instanceof JdkSslContext jdk) {
      return jdk.context().getSocketFactory();
    }
    throw new IllegalStateException("expected the JDK's TLS, found " + context.getClass());
  }

  /// The name a server is told it is meant by. Left to itself the JDK tells none that has no dot,
  /// an underscore, or a dot at its end.
  ///
  /// @return null for what cannot be told, such as a part of more than 63 characters
  private static @Nullable SNIServerName serverName(String host) {
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      return new HostName(IDN.toASCII(bare));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The JDK's own class refuses underscores.
  private static final class HostName extends SNIServerName {
    HostName(String ascii) {
      super(StandardConstants.SNI_HOST_NAME, ascii.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static SslContextBuilder client() {
    return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).sessionCacheSize(1);
  }
}
