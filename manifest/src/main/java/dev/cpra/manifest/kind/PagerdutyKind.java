package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;

/// `notify: pagerduty`
public final class PagerdutyKind implements Kind<PagerdutyConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "Alerts sent to PagerDuty.",
          Field.of("url", Type.HTTP_URL, "Where events are posted.").need().hide(),
          Field.of("routing_key", Type.TEXT, "The key of the integration.").or("").hide(),
          AlertTexts.FIELD);

  @Override
  public Section section() {
    return Section.NOTIFY;
  }

  @Override
  public String name() {
    return "pagerduty";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public PagerdutyConfig read(Fields fields) {
    return fields.share(
        new PagerdutyConfig(
            fields.text("url"), new Secret(fields.text("routing_key")), AlertTexts.read(fields)));
  }
}
