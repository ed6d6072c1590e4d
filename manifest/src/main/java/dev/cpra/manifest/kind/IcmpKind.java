package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;

/// `type: icmp`
public final class IcmpKind implements Kind<IcmpConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "A ping.",
          Field.of("host", Keys.HOST, "A name or an address.").need(),
          Field.of(
                  "count",
                  new Type.Whole(1, 100),
                  "Echo requests of one try; one answer is enough.")
              .or(1L),
          Field.of(
                  "ignore_privilege",
                  Type.BOOL,
                  "Try even where the system seems to forbid echo sockets.")
              .or(false),
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "icmp";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public IcmpConfig read(Fields fields) {
    return new IcmpConfig(
        fields.share(fields.text("host")),
        fields.whole("count"),
        fields.whole("retries"),
        fields.flag("ignore_privilege"));
  }
}
