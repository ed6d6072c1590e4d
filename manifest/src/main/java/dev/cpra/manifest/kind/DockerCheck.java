package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.regex.Pattern;

/// `type: docker`
public final class DockerCheck implements Kind<DockerConfig> {
  static final Field CONTAINER =
      Field.of(
              "container",
              new Type.Text(
                  1,
                  256,
                  Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*"),
                  "a container's name or id"),
              "Name or id.")
          .need();

  static final Field SOCKET =
      Field.of(
              "socket",
              new Type.Text(
                  1, 107, Pattern.compile("/[^\\x00-\\x1f]+"), "the absolute path of a socket"),
              "The Unix socket of the Docker engine.")
          .or(DockerConfig.SOCKET);

  private static final Shape SHAPE =
      Shape.of(
          "A container that must run and, if it has a health check, be healthy.",
          CONTAINER,
          SOCKET,
          Field.of(
                  "require_health",
                  Type.BOOL,
                  "Whether a container without a health check of its own fails.")
              .or(false),
          Field.of(
                  "allow_starting", Type.BOOL, "Whether a health check that has not spoken passes.")
              .or(true),
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.PULSE;
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
  public DockerConfig read(Fields fields) {
    return new DockerConfig(
        fields.text("container"),
        fields.share(fields.text("socket")),
        fields.flag("require_health"),
        fields.flag("allow_starting"),
        fields.whole("retries"));
  }
}
