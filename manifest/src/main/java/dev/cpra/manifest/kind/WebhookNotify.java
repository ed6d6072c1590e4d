package dev.cpra.manifest.kind;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import java.util.Set;

/// `notify: webhook`
public final class WebhookNotify implements Kind<WebhookConfig> {
  /// What may stand between the braces of the body.
  public static final Set<String> KEYS = Set.of("name", "code", "time", "reason", "dedup_key");

  @Override
  public Section section() {
    return Section.NOTIFY;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Shape shape() {
    return Webhooks.NOTIFY;
  }

  @Override
  public WebhookConfig read(Fields fields) {
    return Webhooks.read(fields, KEYS);
  }
}
