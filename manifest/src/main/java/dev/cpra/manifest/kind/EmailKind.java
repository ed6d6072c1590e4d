package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.kind.EmailConfig.Security;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// `notify: email`
public final class EmailKind implements Kind<EmailConfig> {
  private static final Type ADDRESS =
      new Type.Text(
          3,
          254,
          Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+"),
          "a mail address such as ops@example.org");

  private static final Shape SHAPE =
      Shape.of(
          "Alerts sent as mails.",
          Field.of("host", Keys.HOST, "The mail server.").need(),
          Field.of("port", Keys.PORT, "Its port; 587, with `tls` 465, with `none` 25 if left out."),
          Field.of(
                  "tls",
                  Type.Choice.of("starttls", "tls", "none"),
                  "How the connection is secured: after a plain greeting, from the first byte, or"
                      + " not at all.")
              .or("starttls"),
          Keys.VERIFY_TLS,
          Field.of("user", new Type.Text(1, 256, null, "a user's name"), "Who logs in."),
          Field.of("password", new Type.Text(1, 1_024, null, "a password"), "The user's password.")
              .hide(),
          Field.of("from", ADDRESS, "The sender.").need(),
          Field.of("to", new Type.ListOf(ADDRESS, true, 50), "The receivers.").need(),
          Field.of(
              "subject",
              new Type.Text(1, 256, null, "a text"),
              "What the mail is about; a template like `text`."),
          AlertTexts.FIELD);

  @Override
  public Section section() {
    return Section.NOTIFY;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public EmailConfig read(Fields fields) {
    Security security = Security.valueOf(fields.text("tls").toUpperCase(Locale.ROOT));
    if (fields.has("user") != fields.has("password")) {
      String given = fields.has("user") ? "user" : "password";
      fields.problem(given, "expected `user` and `password` together");
    }
    if (security == Security.NONE && fields.has("password")) {
      fields.problem("tls", "with `none` the password could be read by others; use `starttls`");
    }
    if (security == Security.NONE && fields.has("verify_tls")) {
      fields.problem("verify_tls", "has no meaning with `tls: none`; remove it");
    }
    List<String> to = fields.texts("to");
    if (to.isEmpty()) {
      fields.problem("to", "expected at least one address, found an empty list");
    }
    String password = fields.textOrNull("password");
    return fields.share(
        new EmailConfig(
            fields.text("host"),
            fields.has("port") ? fields.whole("port") : security.port(),
            security,
            fields.flag("verify_tls"),
            fields.textOrNull("user"),
            new Secret(password == null ? "" : password),
            fields.text("from"),
            to,
            AlertTexts.read(fields, "subject"),
            AlertTexts.read(fields)));
  }
}
