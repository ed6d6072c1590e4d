package dev.cpra.probes;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// A mail server that keeps what it gets, and refuses what it is told to. Receivers whose name
/// begins with `gone` it never knows.
final class MailServer implements AutoCloseable {
  static final String PASSWORD = "s3cret";
  static final int NOTHING = 0;

  final List<byte[]> mails = new CopyOnWriteArrayList<>();
  final List<String> receivers = new CopyOnWriteArrayList<>();
  private final SMTPServer smtp;

  /// @param refusedAt `from`, `recipient` or `data`
  /// @param code with what answer
  MailServer(SMTPServer.Builder builder, String refusedAt, int code) {
    smtp =
        builder
            .bindAddress(InetAddress.getLoopbackAddress())
            .messageHandlerFactory(_ -> new Handler(refusedAt, code))
            .build();
    smtp.start();
  }

  static MailServer plain() {
    return new MailServer(SMTPServer.port(0), "", NOTHING);
  }

  /// One with STARTTLS that wants a login.
  static MailServer secure(SSLContext context) {
    return new MailServer(
        SMTPServer.port(0)
            .enableTLS()
            .startTlsSocketFactory(context)
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((user, password, _) -> {
                  if (!user.equals("ops") || !password.equals(PASSWORD)) {
                    throw new LoginFailedException();
                  }
                }))
            .requireAuth(),
        "",
        NOTHING);
  }

  int port() {
    return smtp.getPortAllocated();
  }

  MimeMessage mail(int index) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mails.get(index)));
  }

  @Override
  public void close() {
    smtp.stop();
  }

  private final class Handler implements MessageHandler {
    private final String refusedAt;
    private final int code;

    Handler(String refusedAt, int code) {
      this.refusedAt = refusedAt;
      this.code = code;
    }

    @Override
    public void from(String from) throws RejectException {
      refuse("from");
    }

    @Override
    public void recipient(String to) throws RejectException {
      if (to.startsWith("gone")) {
        throw new RejectException(550, "no such user " + PASSWORD);
      }
      refuse("recipient");
      receivers.add(to);
    }

    @Override
    public @Nullable String data(InputStream data) throws RejectException, IOException {
      byte[] mail = data.readAllBytes();
      refuse("data");
      mails.add(mail);
      return null;
    }

    @Override
    public void done() {}

    private void refuse(String at) throws RejectException {
      if (code != NOTHING && at.equals(refusedAt)) {
        throw new RejectException(code, "because of " + PASSWORD);
      }
    }
  }
}
