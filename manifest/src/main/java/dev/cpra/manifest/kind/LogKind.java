package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;

/// `notify: log`
public final class LogKind implements Kind<LogConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "Alerts written to a file, one line each.",
          Field.of("file", new Type.Text(1, 4_096, null, "a path"), "The file; it is appended to.")
              .need());

  @Override
  public Section section() {
    return Section.NOTIFY;
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public LogConfig read(Fields fields) {
    return fields.share(new LogConfig(fields.text("file")));
  }
}
