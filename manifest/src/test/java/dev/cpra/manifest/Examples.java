package dev.cpra.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Small documents as maps.
final class Examples {
  private static final JsonMapper JSON = new JsonMapper();

  private Examples() {}

  static String text(Object document) {
    return JSON.writeValueAsString(document);
  }

  static Map<String, Object> manifest() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("defaults", Map.of("interval", "1s", "timeout", "2s"));
    root.put(
        "monitors",
        List.of(
            Map.of(
                "name", "m",
                "pulse_check", Map.of("type", "tcp", "config", minimal(Section.PULSE, "tcp")),
                "intervention",
                    Map.of("action", "webhook", "target", minimal(Section.INTERVENTION, "webhook")),
                "codes",
                    Map.of(
                        "red",
                        Map.of("notify", "log", "config", minimal(Section.NOTIFY, "log"))))));
    return root;
  }

  static Map<String, Object> load() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("name", "l");
    Map<String, Object> entry =
        Map.of(
            "type", "tcp",
            "interval", "1s",
            "timeout", "2s",
            "intervention", Map.of("action", "webhook"),
            "codes", Map.of("red", Map.of("notify", "log")));
    root.put("monitors", Map.of("generate", Map.of("count", 1, "mix", List.of(entry, entry))));
    root.put("phases", List.of(Map.of("name", "p", "for", "1s")));
    root.put("faults", List.of(Map.of("at", "1s", "for", "1s", "kind", "slow")));
    return root;
  }

  static Map<String, Object> minimal(Section section, String kind) {
    return switch (kind) {
      case "http" -> Map.of("url", "http://127.0.0.1/");
      case "webhook" -> Map.of("url", "http://127.0.0.1/" + section.noun());
      case "pagerduty" -> Map.of("url", "http://127.0.0.1/p");
      case "tcp" -> Map.of("host", "h", "port", 1);
      case "tls" -> Map.of("host", "h");
      case "dns" -> Map.of("name", "example.org");
      case "exec" -> Map.of("command", "true");
      case "heartbeat" -> Map.of("token", "0123456789abcdef", "grace", "1m");
      case "icmp" -> Map.of("host", "h");
      case "docker" -> Map.of("container", "c");
      case "alertmanager" -> Map.of("url", "http://127.0.0.1/a");
      case "systemd" -> Map.of("unit", "u.service");
      case "email" -> Map.of("host", "h", "from", "a@example.org", "to", "b@example.org");
      case "log" -> Map.of("file", "f");
      case "slack" -> Map.of("hook", "http://127.0.0.1/s");
      default -> throw new IllegalArgumentException("no example of " + kind);
    };
  }
}
