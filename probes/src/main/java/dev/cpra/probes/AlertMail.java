package dev.cpra.probes;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/// A mail whose Message-ID is ours.
final class AlertMail extends MimeMessage {
  private final String id;

  AlertMail(Session session, String id) {
    super(session);
    this.id = id;
  }

  /// Sets who sends it and who gets it.
  void addressed(String from, List<String> to) throws MessagingException {
    setFrom(new InternetAddress(from, true));
    for (String each : to) {
      addRecipient(Message.RecipientType.TO, new InternetAddress(each, true));
    }
  }

  /// Puts it into the thread of this mail, and says that no human wrote it: nothing that answers by
  /// itself answers.
  void refersTo(String other) throws MessagingException {
    setHeader("In-Reply-To", other);
    setHeader("References", other);
    setHeader("Auto-Submitted", "auto-generated");
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
