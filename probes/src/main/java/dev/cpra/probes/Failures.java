package dev.cpra.probes;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Reads exceptions of sockets, resolvers and codecs. What they say is not passed on, it may hold
/// what a target sent: reasons and texts are ours.
final class Failures {
  private Failures() {}

  /// Why a name was not resolved.
  static Reason name(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof DnsNameResolverTimeoutException) {
        return Reason.DNS_TIMEOUT;
      }
    }
    return Reason.DNS;
  }

  /// Why a connection was not opened.
  static Reason connect(@Nullable Throwable thrown) {
    String message = message(thrown);
    if (isLocalLimit(message)) {
      return Reason.LOCAL_LIMIT;
    }
    if (message.contains("Permission denied")) {
      return Reason.PERMISSION;
    }
    // A Unix socket that is not there.
    boolean missing = thrown instanceof FileNotFoundException || message.contains("No such file");
    if (message.contains("refused") || missing || thrown instanceof PortUnreachableException) {
      return Reason.REFUSED;
    }
    if (thrown instanceof NoRouteToHostException
        || message.contains("unreachable")
        || message.contains("No route")) {
      return Reason.UNREACHABLE;
    }
    if (message.contains("timed out")) {
      return Reason.CONNECT_TIMEOUT;
    }
    if (message.contains("reset")) {
      return Reason.RESET;
    }
    return Reason.CONNECT;
  }

  /// Why a handshake failed.
  static Reason handshake(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CertificateException) {
        return Reason.TLS_CERTIFICATE;
      }
    }
    return isReset(thrown) ? Reason.RESET : Reason.TLS;
  }

  /// Why an exchange on an open connection broke off; null for what is not the target's doing.
  static @Nullable Reason exchange(Throwable thrown) {
    if (isReset(thrown)) {
      return Reason.RESET;
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SSLException) {
        return Reason.TLS;
      }
      if (t instanceof TooLongFrameException) {
        return Reason.HEADER_TOO_LARGE;
      }
      if (t instanceof ConnectException) {
        return connect(t);
      }
      if (t instanceof UnknownHostException) {
        return Reason.DNS;
      }
    }
    if (thrown instanceof DecoderException) {
      return Reason.PROTOCOL;
    }
    if (thrown instanceof ChannelException && isLocalLimit(message(thrown))) {
      return Reason.LOCAL_LIMIT;
    }
    return thrown instanceof java.io.IOException ? Reason.CLOSED : null;
  }

  /// A short line for a reason.
  static String text(Reason reason) {
    return switch (reason) {
      case OK -> "";
      case DNS -> "the name does not resolve";
      case DNS_TIMEOUT -> "the name servers did not answer in time";
      case REFUSED -> "connection refused";
      case UNREACHABLE -> "no route to the target";
      case CONNECT -> "the connection failed";
      case CONNECT_TIMEOUT -> "no connection in time";
      case TLS -> "the TLS handshake failed";
      case TLS_CERTIFICATE -> "the certificate is not trusted or not for this name";
      case TLS_TIMEOUT -> "the TLS handshake did not end in time";
      case RESET -> "connection reset";
      case CLOSED -> "connection closed before an answer";
      case TRUNCATED -> "connection closed in the middle of the answer";
      case TIMEOUT -> "no complete answer in time";
      case PROTOCOL -> "the answer is not what the protocol allows";
      case HEADER_TOO_LARGE -> "the header of the answer is too large";
      case BODY_TOO_LARGE -> "the content of the answer is too large";
      case STATUS -> "unexpected status";
      case CONTENT -> "unexpected content";
      case REDIRECT -> "the redirect is not followed";
      case FILE -> "the file cannot be written";
      case LOCAL_LIMIT -> "this machine is out of ports, files or room";
      case NO_TARGET -> "no probe for this monitor";
      case EXCEPTION -> "internal error";
      case ABORTED -> "the runner closed";
      case SLOW -> "the answer was slow";
      case CERTIFICATE_EXPIRES -> "a certificate expires soon";
      case PERMISSION -> "the system forbids it";
      case START -> "the program cannot be started";
      case WARNING -> "warning";
      case CRITICAL -> "critical";
      case UNKNOWN -> "unknown";
      case UNHEALTHY -> "the container is not well";
      case SILENT -> "silent for too long";
      case HELD_BACK -> "not allowed to be done now";
      case NO_ROOM -> "no room for it on this machine in time";
    };
  }

  private static boolean isReset(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = message(t);
      if (message.contains("reset") || message.contains("Broken pipe")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLocalLimit(String message) {
    return message.contains("Cannot assign requested address")
        || message.contains("Too many open files")
        || message.contains("No buffer space");
  }

  private static String message(@Nullable Throwable thrown) {
    String message = thrown == null ? null : thrown.getMessage();
    return message == null ? "" : message;
  }
}
