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
          "A container that is restarted or started.",
          DockerCheck.CONTAINER,
          Field.of(
                  "operation",
                  Type.Choice.of("restart", "start"),
                  "What is asked of the Docker engine.")
              .or("restart"),
          DockerCheck.SOCKET,
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
  public DockerTarget read(Fields fields) {
    return fields.share(
        new DockerTarget(
            fields.text("container"),
            fields.text("operation"),
            fields.share(fields.text("socket")),
            fields.nanos("timeout"),
            fields.whole("retries")));
  }
}
