package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Alerts sent as mails over SMTP.
///
/// @param host the mail server
/// @param port its port
/// @param security how the connection is secured
/// @param verifyTls whether the server's certificate must be trusted and for this host
/// @param user who logs in, or null for nobody
/// @param password of the user; empty without one
/// @param from the sender's address
/// @param to the receivers' addresses, at least one
/// @param subject a template ([AlertTexts]), or null for the implementation's own
/// @param text a template, or null for the implementation's own
public record EmailConfig(
    String host,
    int port,
    Security security,
    boolean verifyTls,
    @Nullable String user,
    Secret password,
    String from,
    List<String> to,
    @Nullable String subject,
    @Nullable String text)
    implements NotifyConfig {

  /// How a connection is secured.
  public enum Security {
    /// Plain at first; a server that does not offer TLS then is not used.
    STARTTLS(587),
    /// TLS from the first byte.
    TLS(465),
    /// Not at all.
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    /// The port that is usual.
    public int port() {
      return port;
    }
  }

  /// Copies the receivers.
  public EmailConfig {
    to = List.copyOf(to);
  }

  @Override
  public String type() {
    return "email";
  }
}
