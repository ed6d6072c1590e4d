package dev.cpra.probes;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/// Reads the exceptions of the mail client. What the server said is not passed on, but for the
/// number.
final class EmailFailures {
  private static final int CHAIN_MAX = 16;
  private static final List<Look> LOOKS = List.of(EmailFailures::refused, EmailFailures::broken);

  /// What one exception of the chain tells, or null.
  private interface Look {
    @Nullable Wrong at(Throwable thrown);
  }

  private EmailFailures() {}

  /// Why a mail was not sent.
  static Wrong of(MessagingException failed) {
    // The reason lies somewhere along the chain, and what is most exact is not always in front.
    for (Look look : LOOKS) {
      Throwable at = failed;
      for (int i = 0; at != null && i < CHAIN_MAX; i++) {
        Wrong wrong = look.at(at);
        if (wrong != null) {
          return wrong;
        }
        at = at.getCause();
      }
    }
    String message = String.valueOf(failed.getMessage());
    if (message.contains("STARTTLS is required")) {
      return new Wrong(Reason.TLS, "the server offers no STARTTLS");
    }
    if (message.contains("[EOF]")) {
      return told(Reason.CLOSED);
    }
    return told(Reason.PROTOCOL);
  }

  private static @Nullable Wrong refused(Throwable at) {
    return switch (at) {
      case AuthenticationFailedException _ ->
          new Wrong(Reason.PERMISSION, "the server refuses the user or the password");
      case SMTPAddressFailedException address ->
          answered("a receiver's address", address.getReturnCode());
      case SMTPSenderFailedException sender ->
          answered("the sender's address", sender.getReturnCode());
      case SMTPSendFailedException mail when isSender(mail) ->
          answered("the sender's address", mail.getReturnCode());
      default -> null;
    };
  }

  private static boolean isSender(SMTPSendFailedException failed) {
    String command = failed.getCommand();
    return command != null && command.startsWith("MAIL") && failed.getReturnCode() >= 400;
  }

  private static @Nullable Wrong broken(Throwable at) {
    return switch (at) {
      case SMTPSendFailedException mail when mail.getReturnCode() >= 400 ->
          answered("the mail", mail.getReturnCode());
      case SSLException _ -> told(Failures.handshake(at));
      case UnknownHostException _ -> told(Reason.DNS);
      case SocketTimeoutException _ -> told(Reason.TIMEOUT);
      case SocketException _ -> told(Failures.connect(at));
      case MailConnectException _ when at.getCause() == null -> told(Reason.CONNECT);
      default -> null;
    };
  }

  private static Wrong answered(String what, int code) {
    return new Wrong(Reason.STATUS, "the server answered " + code + " to " + what);
  }

  private static Wrong told(Reason reason) {
    return new Wrong(reason, Failures.text(reason));
  }
}
