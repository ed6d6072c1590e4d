package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.regex.Pattern;

/// `type: heartbeat`
public final class HeartbeatKind implements Kind<HeartbeatConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "A job calls a URL; silence is the failure.",
          Field.of(
                  "token",
                  new Type.Text(
                      16,
                      128,
                      Pattern.compile("[A-Za-z0-9_-]*"),
                      "a token of letters, digits, `-` and `_`"),
                  "The secret part of the URL, one for each monitor.")
              .need()
              .hide(),
          Field.of("grace", Type.DURATION, "How long the job may be silent.").need());

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "heartbeat";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public HeartbeatConfig read(Fields fields) {
    return new HeartbeatConfig(new Secret(fields.text("token")), fields.nanos("grace"));
  }
}
