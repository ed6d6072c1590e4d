package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// `type: exec`
public final class ExecKind implements Kind<ExecConfig> {
  private static final Pattern NO_NUL = Pattern.compile("[^\\x00]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private static final Shape SHAPE =
      shape("A program whose exit code tells: 0 ok, 1 warning, 2 critical, 3 unknown.");

  /// The same keys, for an intervention.
  static final Shape ACTION =
      shape("A program that repairs the target; it gets CPRA_MONITOR and CPRA_ATTEMPT.");

  private static Shape shape(String doc) {
    return Shape.of(
        doc,
        Field.of(
                "command",
                new Type.ListOf(
                    new Type.Text(1, 8_192, NO_NUL, "a program or an argument"), true, 200),
                "The program and its arguments, as a list; no shell reads them.")
            .need()
            .hide(),
        Field.of("shell", Type.BOOL, "Whether `/bin/sh -c` reads the command, then one string.")
            .or(false),
        Field.of(
                "environment",
                new Type.MapOf(new Type.Text(0, 8_192, NO_NUL, "a variable's value"), 100),
                "Variables beside PATH, HOME, LANG and TZ; no others are passed on.")
            .hide(),
        Field.of(
            "directory",
            new Type.Text(1, 4_096, NO_NUL, "a path"),
            "Where it runs; the daemon's own directory if left out."),
        Field.of(
            "ok_codes",
            new Type.ListOf(new Type.Whole(0, 255), true, 256),
            "Exit codes that count as ok; 0 if left out. All others fail the check."),
        Field.of(
                "show_output",
                Type.BOOL,
                "Whether the output's first line becomes the reason of a failure.")
            .or(false),
        Keys.RETRIES);
  }

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "exec";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public ExecConfig read(Fields fields) {
    return config(fields);
  }

  static ExecConfig config(Fields fields) {
    List<String> command = List.copyOf(fields.texts("command"));
    boolean shell = fields.flag("shell");
    if (command.isEmpty()) {
      fields.problem("command", "expected a program, found an empty list");
    } else if (shell && command.size() > 1) {
      fields.problem("command", "with `shell`, expected one string; the shell splits it");
    }
    Map<String, Secret> environment = new TreeMap<>();
    fields
        .entries("environment", String.class)
        .forEach((name, value) -> {
          if (!VARIABLE.matcher(name).matches()) {
            fields.problem("environment", "expected names of letters, digits and `_`");
          }
          environment.put(name, new Secret(value));
        });
    List<Integer> ok =
        fields.items("ok_codes", Long.class).stream().map(Math::toIntExact).sorted().toList();
    return fields.share(
        new ExecConfig(
            command,
            shell,
            Map.copyOf(environment),
            fields.textOrNull("directory"),
            ok.isEmpty() ? List.of(0) : ok,
            fields.flag("show_output"),
            fields.whole("retries")));
  }
}
