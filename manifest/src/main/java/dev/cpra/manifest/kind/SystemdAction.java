package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.regex.Pattern;

/// `action: systemd`
public final class SystemdAction implements Kind<SystemdConfig> {
  private static final Shape SHAPE =
      Shape.of(
          "A unit of systemd that is restarted.",
          Field.of(
                  "unit",
                  new Type.Text(
                      1,
                      255,
                      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9:_.@\\\\-]*"),
                      "the name of a unit such as nginx.service"),
                  "Its name.")
              .need(),
          Field.of(
                  "operation",
                  Type.Choice.of("restart", "start", "reload-or-restart"),
                  "What is asked of systemd.")
              .or("restart"),
          Field.of(
                  "systemctl",
                  new Type.Text(
                      2, 4_096, Pattern.compile("/[^\\x00-\\x1f]+"), "the absolute path of a file"),
                  "The program that asks.")
              .or("/usr/bin/systemctl"),
          Field.of("user_manager", Type.BOOL, "Whether the user's own manager is asked.").or(false),
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.INTERVENTION;
  }

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public SystemdConfig read(Fields fields) {
    return fields.share(
        new SystemdConfig(
            fields.text("unit"),
            fields.text("operation"),
            fields.share(fields.text("systemctl")),
            fields.flag("user_manager"),
            fields.whole("retries")));
  }
}
