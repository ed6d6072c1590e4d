package dev.cpra.probes;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.EmailConfig;
import dev.cpra.manifest.kind.EmailConfig.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends an alert as a mail, over a connection of its own.
///
/// A mail's Message-ID is made of the incident, the colour and the time it was raised, so a mail
/// that is sent again is the same one to its receiver. All mails of an incident refer to one that
/// is never sent, so that readers show them as one thread.
///
/// Receivers that the server refuses don't keep the others from being told: the delivery has failed
/// only if nobody was.
final class EmailNotifier implements Probe {
  private static final Logger LOG = LoggerFactory.getLogger(EmailNotifier.class);
  private static final String SUBJECT = "{{code}}: {{name}}";
  private static final String TEXT =
      """
      {{name}} is {{code}}.

      Why: {{reason}}
      Raised: {{time}}
      Since: {{since}}
      Repairs tried: {{attempts}}
      Labels: {{labels}}
      """;
  private static final int SUBJECT_MAX = 250;

  private final EmailConfig config;
  private final JobContext context;
  private final long timeoutNanos;
  private final AlertText subject;
  private final AlertText text;
  private final String domain;

  EmailNotifier(EmailConfig config, long timeoutNanos, JobContext context) {
    this.config = config;
    this.context = context;
    this.timeoutNanos = timeoutNanos;
    this.subject = new AlertText(config.subject() == null ? SUBJECT : config.subject(), context);
    this.text = new AlertText(config.text() == null ? TEXT : config.text(), context);
    this.domain = config.from().substring(config.from().indexOf('@') + 1);
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new BlockingRun() {
      @Override
      @Nullable Wrong work() {
        return send(monitor(), Code.of(detail()), loop().tls());
      }
    };
  }

  private @Nullable Wrong send(int monitor, Code code, Tls tls) {
    Session session = Session.getInstance(properties(tls));
    try (SMTPTransport server =
        new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null))) {
      AlertMail mail = mail(session, monitor, code);
      String user = config.user();
      server.connect(
          config.host(), config.port(), user, user == null ? null : config.password().value());
      server.sendMessage(mail, mail.getAllRecipients());
      return null;
    } catch (SendFailedException some) {
      int told = some.getValidSentAddresses() == null ? 0 : some.getValidSentAddresses().length;
      if (told == 0) {
        return EmailFailures.of(some);
      }
      LOG.warn(
          "the mail server refused {} of {} receivers",
          config.to().size() - told,
          config.to().size());
      return null;
    } catch (MessagingException failed) {
      return EmailFailures.of(failed);
    }
  }

  private AlertMail mail(Session session, int monitor, Code code) throws MessagingException {
    String incident = context.dedupKey(monitor, code);
    var time = context.time(monitor, code);
    AlertMail mail = new AlertMail(session, id(incident + "\n" + code + "\n" + time));
    mail.addressed(config.from(), config.to());
    mail.setSubject(
        AlertText.cut(subject.of(monitor, code, EmailNotifier::oneLine), SUBJECT_MAX), "UTF-8");
    mail.setText(text.of(monitor, code, EmailNotifier::oneLine) + "\n", "UTF-8");
    mail.setSentDate(java.util.Date.from(time));
    mail.refersTo(id(incident));
    return mail;
  }

  private String id(String of) {
    return "<cpra." + HexFormat.of().formatHex(Sha256.of(of), 0, 16) + "@" + domain + ">";
  }

  /// No value of ours ends a line: neither of the header nor, where nothing but the template makes
  /// lines, of the text.
  private static String oneLine(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return out.toString();
  }

  private Properties properties(Tls tls) {
    Properties set = new Properties();
    String millis = Long.toString(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
    set.setProperty("mail.smtp.connectiontimeout", millis);
    set.setProperty("mail.smtp.timeout", millis);
    // The name we greet with. The machine's own would be looked up, which may take its time.
    set.setProperty("mail.smtp.localhost", domain);
    set.setProperty("mail.smtp.sendpartial", "true");
    set.setProperty("mail.smtp.quitwait", "false");
    set.setProperty("mail.smtp.auth", Boolean.toString(config.user() != null));
    set.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    if (config.security() != Security.NONE) {
      boolean first = config.security() == Security.TLS;
      set.setProperty("mail.smtp.ssl.enable", Boolean.toString(first));
      set.setProperty("mail.smtp.starttls.enable", Boolean.toString(!first));
      set.setProperty("mail.smtp.starttls.required", Boolean.toString(!first));
      set.setProperty("mail.smtp.ssl.checkserveridentity", Boolean.toString(config.verifyTls()));
      set.put("mail.smtp.ssl.socketFactory", tls.sockets(config.verifyTls()));
    }
    return set;
  }
}
