package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.Set;

/// The shape that both kinds of webhook have.
final class Webhooks {
  static final Shape NOTIFY = shape("An HTTP request that tells somebody of an alert.");
  static final Shape ACTION = shape("An HTTP request that makes somebody repair the target.");

  private Webhooks() {}

  private static Shape shape(String doc) {
    return Shape.of(
        doc,
        Field.of("url", Type.HTTP_URL, "Where the request goes.").need().hide(),
        Keys.method("POST"),
        Header.FIELD,
        Field.of(
                "body",
                Type.TEXT,
                "What is sent; `{{name}}`, `{{code}}` and the like are filled in.")
            .hide(),
        Keys.RETRIES);
  }

  /// Reads either kind.
  ///
  /// @param keys what may stand between the braces of the body
  static WebhookConfig read(Fields fields, Set<String> keys) {
    return fields.share(
        new WebhookConfig(
            fields.text("url"),
            fields.share(fields.text("method")),
            Header.read(fields),
            AlertTexts.read(fields, "body", keys),
            fields.whole("retries")));
  }
}
