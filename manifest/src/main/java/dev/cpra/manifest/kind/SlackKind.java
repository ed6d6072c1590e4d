package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;

/// `notify: slack`
public final class SlackKind implements Kind<SlackConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "Alerts sent to a Slack channel.",
          Field.of("hook", Type.HTTP_URL, "The incoming webhook of the channel.").need().hide(),
          AlertTexts.FIELD);

  @Override
  public Section section() {
    return Section.NOTIFY;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public SlackConfig read(Fields fields) {
    return fields.share(new SlackConfig(new Secret(fields.text("hook")), AlertTexts.read(fields)));
  }
}
