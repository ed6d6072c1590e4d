package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;

/// `action: docker`
public final class DockerAction implements Kind<DockerTarget> {
  private static final Shape SHAPE =
      Shape.of(
          "A container that is restarted.",
          Field.of("container", Type.NAME, "Name or id.").need(),
          Field.of("timeout", Type.DURATION, "How long it may take to stop before it is killed.")
              .or(10_000_000_000L),
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.INTERVENTION;
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public boolean available() {
    return false;
  }

  @Override
  public String unavailableReason() {
    return "nothing restarts containers so far; use webhook";
  }

  @Override
  public DockerTarget read(Fields fields) {
    return fields.share(
        new DockerTarget(
            fields.text("container"), fields.nanos("timeout"), fields.whole("retries")));
  }
}
