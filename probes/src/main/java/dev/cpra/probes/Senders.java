package dev.cpra.probes;

import dev.cpra.engine.Code;
import dev.cpra.manifest.kind.AlertmanagerConfig;
import dev.cpra.manifest.kind.Header;
import dev.cpra.manifest.kind.PagerdutyConfig;
import dev.cpra.manifest.kind.SlackConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Alerts in the form that services on the web expect: one POST of JSON each.
final class Senders {
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
            "{\"text\":" + json(text.of(monitor, code, Senders::slackEscaped)) + "}");
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
          StringBuilder out = new StringBuilder("{");
          if (!key.isEmpty()) {
            out.append("\"routing_key\":").append(json(key)).append(',');
          }
          String name = context.monitor(monitor);
          String summary = text.of(monitor, code, UnaryOperator.identity());
          return out.append("\"event_action\":")
              .append(code == Code.GREEN ? "\"resolve\"" : "\"trigger\"")
              .append(",\"dedup_key\":")
              .append(json(dedup(context.dedupKey(monitor, code))))
              .append(",\"payload\":{\"summary\":")
              // PagerDuty refuses an empty one.
              .append(json(AlertText.cut(summary.isEmpty() ? name : summary, SUMMARY_MAX)))
              .append(",\"source\":")
              .append(json(AlertText.cut(name, SUMMARY_MAX)))
              .append(",\"severity\":\"")
              .append(severity(code))
              .append("\",\"timestamp\":")
              .append(json(context.time(monitor, code).toString()))
              .append(",\"custom_details\":{\"code\":")
              .append(json(Bodies.colour(code)))
              .append(",\"since\":")
              .append(json(context.since(monitor, code).toString()))
              .append(",\"attempts\":")
              .append(context.attempts(monitor))
              .append(",\"labels\":")
              .append(object(context.labels(monitor)))
              .append("}}}")
              .toString();
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
          Map<String, String> annotations = new TreeMap<>();
          annotations.put("summary", text.of(monitor, code, UnaryOperator.identity()));
          annotations.put("code", Bodies.colour(code));
          annotations.put("attempts", Integer.toString(context.attempts(monitor)));
          Instant time = context.time(monitor, code);
          Instant since = context.since(monitor, code);
          Instant end = code == Code.GREEN ? time : time.plusNanos(config.expiresNanos());
          return "[{\"labels\":"
              + object(labels)
              + ",\"annotations\":"
              + object(annotations)
              + ",\"startsAt\":"
              + json((since.isAfter(end) ? end : since).toString())
              + ",\"endsAt\":"
              + json(end.toString())
              + "}]";
        });
  }

  /// Makes a body.
  private interface Text {
    String of(int monitor, Code code);
  }

  private static HttpProbe post(String url, List<Header> headers, long timeoutNanos, Text text) {
    return HttpProbe.webhook(
        new WebhookConfig(url, "POST", headers, null, 0),
        (monitor, detail) -> text.of(monitor, Code.of(detail)).getBytes(StandardCharsets.UTF_8),
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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return "cpra/" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String slackEscaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String labelName(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9_]", "_");
    return clean.isEmpty() || Character.isDigit(clean.charAt(0)) ? "_" + clean : clean;
  }

  private static String object(Map<String, String> values) {
    StringBuilder out = new StringBuilder("{");
    new TreeMap<>(values)
        .forEach((name, value) ->
            out.append(out.length() == 1 ? "" : ",")
                .append(json(name))
                .append(':')
                .append(json(AlertText.cut(value, AlertText.VALUE_MAX))));
    return out.append('}').toString();
  }

  private static String json(String text) {
    return '"' + Bodies.quoted(text) + '"';
  }
}
