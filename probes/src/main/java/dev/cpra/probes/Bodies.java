package dev.cpra.probes;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.Header;
import dev.cpra.manifest.kind.Template;
import dev.cpra.manifest.kind.WebhookAction;
import dev.cpra.manifest.kind.WebhookNotify;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// The bodies that webhooks send: the user's template, or JSON of our own. Values are escaped as in
/// a JSON string.
final class Bodies {
  private static final String ALERT =
      "{\"monitor\":\"{{name}}\",\"code\":\"{{code}}\",\"time\":\"{{time}}\","
          + "\"reason\":\"{{reason}}\",\"dedup_key\":\"{{dedup_key}}\"}";
  private static final String INTERVENTION = "{\"monitor\":\"{{name}}\",\"attempt\":{{attempt}}}";

  private Bodies() {}

  /// Of an alert: the job's detail is the colour.
  static HttpProbe.Body alert(@Nullable String given, JobContext context) {
    Template template = Template.parse(given == null ? ALERT : given, WebhookNotify.KEYS);
    return (monitor, detail) -> {
      Code code = Code.of(detail);
      return utf8(template.fill(key -> alertValue(key, monitor, code, context)));
    };
  }

  /// Of an intervention: the job's detail is the attempt.
  static HttpProbe.Body intervention(@Nullable String given, JobContext context) {
    Template template = Template.parse(given == null ? INTERVENTION : given, WebhookAction.KEYS);
    return (monitor, detail) ->
        utf8(
            template.fill(key ->
                key.equals("name") ? quoted(context.monitor(monitor)) : Integer.toString(detail)));
  }

  /// The headers, saying that the body is JSON if they do not say what it is.
  static List<Header> withContentType(List<Header> headers, boolean json) {
    if (!json || headers.stream().anyMatch(h -> h.name().equalsIgnoreCase("Content-Type"))) {
      return headers;
    }
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Content-Type", "application/json"));
    return List.copyOf(all);
  }

  /// A colour as users write it.
  static String colour(Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  private static String alertValue(String key, int monitor, Code code, JobContext context) {
    return quoted(
        switch (key) {
          case "name" -> context.monitor(monitor);
          case "code" -> colour(code);
          case "time" -> context.time(monitor, code).toString();
          case "reason" -> context.reason(monitor, code);
          default -> context.dedupKey(monitor, code);
        });
  }

  private static String quoted(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8);
    JsonStringEncoder.getInstance().quoteAsString(value, out);
    return out.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
