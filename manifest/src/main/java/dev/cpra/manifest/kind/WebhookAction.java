package dev.cpra.manifest.kind;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import java.util.Set;

/// `action: webhook`
public final class WebhookAction implements Kind<WebhookConfig> {
  /// What may stand between the braces of the body.
  public static final Set<String> KEYS = Set.of("name", "attempt");

  @Override
  public Section section() {
    return Section.INTERVENTION;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Shape shape() {
    return Webhooks.ACTION;
  }

  @Override
  public WebhookConfig read(Fields fields) {
    return Webhooks.read(fields, KEYS);
  }
}
