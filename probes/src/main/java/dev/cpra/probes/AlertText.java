package dev.cpra.probes;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.AlertTexts;
import dev.cpra.manifest.kind.Template;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What an alert says, out of a template and the context of its job. Immutable.
final class AlertText {
  /// Most characters of one value; the rest is cut off.
  static final int VALUE_MAX = 1_024;

  private static final String OWN = "{{code}}: {{name}} {{reason}}";

  private final Template template;
  private final JobContext context;

  AlertText(@Nullable String given, JobContext context) {
    this.template = Template.parse(given == null ? OWN : given, AlertTexts.KEYS);
    this.context = context;
  }

  /// The text.
  ///
  /// @param escape for each value, as its receiver needs it
  String of(int monitor, Code code, UnaryOperator<String> escape) {
    return template.fill(key -> escape.apply(cut(value(key, monitor, code), VALUE_MAX))).strip();
  }

  private String value(String key, int monitor, Code code) {
    return switch (key) {
      case "name" -> context.monitor(monitor);
      case "code" -> Bodies.colour(code);
      case "time" -> context.time(monitor, code).toString();
      case "since" -> context.since(monitor, code).toString();
      case "reason" -> context.reason(monitor, code);
      case "attempts" -> Integer.toString(context.attempts(monitor));
      case "labels" -> labels(context.labels(monitor));
      default -> context.dedupKey(monitor, code);
    };
  }

  private static String labels(Map<String, String> labels) {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(labels)
        .forEach((name, value) ->
            out.append(out.isEmpty() ? "" : ", ").append(name).append('=').append(value));
    return out.toString();
  }

  /// At most so many characters, never half of one.
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
