package dev.cpra.probes;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.AlertmanagerConfig;
import dev.cpra.manifest.kind.Header;
import dev.cpra.manifest.kind.PagerdutyConfig;
import dev.cpra.manifest.kind.SlackConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Alerts in the form that services on the web expect: one POST of JSON each.
final class Senders {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SUMMARY_MAX = 1_024;
  private static final int DEDUP_MAX = 255;

  private Senders() {}

  /// An incoming webhook of Slack.
  static Probe slack(SlackConfig config, long timeoutNanos, JobContext context) {
    AlertText text = new AlertText(config.text(), context);
    return post(
        config.hook().value(),
        List.of(),
        timeoutNanos,
        (monitor, code) ->
            JSON.createObjectNode().put("text", text.of(monitor, code, Senders::slackEscaped)));
  }

  /// PagerDuty's events, version 2. The dedup key is the incident's, so a green ends what earlier
  /// colours began.
  static Probe pagerduty(PagerdutyConfig config, long timeoutNanos, JobContext context) {
    AlertText text = new AlertText(config.text(), context);
    String key = config.routingKey().value();
    return post(
        config.url(),
        List.of(),
        timeoutNanos,
        (monitor, code) -> {
          ObjectNode event = JSON.createObjectNode();
          if (!key.isEmpty()) {
            event.put("routing_key", key);
          }
          event
              .put("event_action", code == Code.GREEN ? "resolve" : "trigger")
              .put("dedup_key", dedup(context.dedupKey(monitor, code)));
          String name = context.monitor(monitor);
          String summary = text.of(monitor, code, UnaryOperator.identity());
          ObjectNode payload = event.putObject("payload");
          payload
              // PagerDuty refuses an empty one.
              .put("summary", AlertText.cut(summary.isEmpty() ? name : summary, SUMMARY_MAX))
              .put("source", AlertText.cut(name, SUMMARY_MAX))
              .put("severity", severity(code))
              .put("timestamp", context.time(monitor, code).toString());
          payload
              .putObject("custom_details")
              .put("code", Bodies.colour(code))
              .put("since", context.since(monitor, code).toString())
              .put("attempts", context.attempts(monitor))
              .set("labels", object(context.labels(monitor)));
          return event;
        });
  }

  /// Alertmanager's interface, version 2. The labels say which alert it is, so the colour, which
  /// changes, is an annotation.
  static Probe alertmanager(AlertmanagerConfig config, long timeoutNanos, JobContext context) {
    AlertText text = new AlertText(config.text(), context);
    String base = config.url();
    String url = (base.endsWith("/") ? base : base + "/") + "api/v2/alerts";
    return post(
        url,
        config.headers(),
        timeoutNanos,
        (monitor, code) -> {
          Map<String, String> labels = new TreeMap<>(config.labels());
          context.labels(monitor).forEach((name, value) -> labels.put(labelName(name), value));
          labels.putIfAbsent("alertname", "cpra");
          labels.put("monitor", context.monitor(monitor));
          labels.values().removeIf(String::isEmpty);
          Map<String, String> annotations =
              Map.of(
                  "summary",
                  text.of(monitor, code, UnaryOperator.identity()),
                  "code",
                  Bodies.colour(code),
                  "attempts",
                  Integer.toString(context.attempts(monitor)));
          Instant time = context.time(monitor, code);
          Instant since = context.since(monitor, code);
          Instant end = code == Code.GREEN ? time : time.plusNanos(config.expiresNanos());
          ArrayNode alerts = JSON.createArrayNode();
          ObjectNode alert = alerts.addObject();
          alert.set("labels", object(labels));
          alert.set("annotations", object(annotations));
          alert
              .put("startsAt", (since.isAfter(end) ? end : since).toString())
              .put("endsAt", end.toString());
          return alerts;
        });
  }

  /// Makes a body.
  private interface Json {
    JsonNode of(int monitor, Code code);
  }

  private static HttpProbe post(String url, List<Header> headers, long timeoutNanos, Json body) {
    return HttpProbe.webhook(
        new WebhookConfig(url, "POST", headers, null, 0),
        (monitor, detail) -> JSON.writeValueAsBytes(body.of(monitor, Code.of(detail))),
        timeoutNanos);
  }

  private static String severity(Code code) {
    return switch (code) {
      case RED -> "critical";
      case GRAY -> "error";
      case YELLOW -> "warning";
      case CYAN, GREEN -> "info";
    };
  }

  /// The key itself, or if it is too long what no other key is shortened to.
  private static String dedup(String key) {
    if (key.length() <= DEDUP_MAX) {
      return key;
    }
    return "cpra/" + HexFormat.of().formatHex(Sha256.of(key));
  }

  private static String slackEscaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String labelName(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
    return clean.isEmpty() || Character.isDigit(clean.charAt(0)) ? "_" + clean : clean;
  }

  private static ObjectNode object(Map<String, String> values) {
    ObjectNode object = JSON.createObjectNode();
    new TreeMap<>(values)
        .forEach((name, value) -> object.put(name, AlertText.cut(value, AlertText.VALUE_MAX)));
    return object;
  }
}
