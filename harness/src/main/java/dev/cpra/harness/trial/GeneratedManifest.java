package dev.cpra.harness.trial;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.load.Generate;
import dev.cpra.manifest.load.Work;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes generated monitors down as a manifest, as people write large ones: each with a target of
/// its own, in one of forty groups, with labels. What is read of it has the names and the rules
/// that were generated. Stateless.
final class GeneratedManifest {
  private static final int TEAMS = 40;

  private GeneratedManifest() {}

  /// What is wrong with writing these monitors down for such work.
  static List<String> refusals(Generate generate, Work.Kind work) {
    List<String> found = new ArrayList<>();
    if (work == Work.Kind.WIRE) {
      found.add("`through: manifest` writes targets that nobody serves; found work of kind `wire`");
    }
    for (Generate.Entry entry : generate.mix()) {
      if (config(entry.type(), "x", "x") == null) {
        found.add(
            "`through: manifest` knows no targets for `"
                + entry.type()
                + "`; use http, tcp, icmp, dns, tls, docker or heartbeat");
      }
    }
    return found;
  }

  /// Writes them to `manifest.yaml` in this folder.
  static Path write(Generate generate, Path folder) {
    Path file = folder.resolve("manifest.yaml");
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("labels: {site: north}\nmonitors:\n");
      for (int i = 0; i < generate.count(); i++) {
        out.write(monitor(generate.entry(i), generate.name(i), i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /// Deletes what was written: it is large, and made again from the load.
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String monitor(Generate.Entry entry, String name, int index) {
    String team = "team-" + index * 13L % TEAMS;
    MonitorRules rules = entry.rules();
    StringBuilder text = new StringBuilder(512);
    text.append("  - name: ").append(name).append("\n    pulse_check:\n");
    line(text, "type", entry.type());
    line(text, "interval", Durations.format(rules.intervalNanos()));
    line(text, "timeout", Durations.format(rules.timeoutNanos()));
    line(text, "unhealthy_threshold", rules.unhealthyThreshold());
    line(text, "healthy_threshold", rules.healthyThreshold());
    line(text, "groups", "[" + team + "]");
    line(text, "config", String.valueOf(config(entry.type(), name, team)));
    text.append("    labels: {team: ").append(team).append(", tier: ");
    text.append(entry.type()).append("}\n");
    if (rules.intervention() != null) {
      text.append(intervention(rules.intervention(), rules.calm(), name));
    }
    text.append(alerts(rules.alerts()));
    return text.toString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append("      ").append(key).append(": ").append(value).append('\n');
  }

  /// The config of a check, or null for a type that is not known here.
  private static @Nullable String config(String type, String name, String team) {
    String host = name + "." + team + ".example";
    return switch (type) {
      case "http" -> "{url: \"https://" + host + "/health\", expect: {status: 200}}";
      case "tcp", "tls" -> "{host: " + host + ", port: 443}";
      case "icmp" -> "{host: " + host + "}";
      case "dns" -> "{name: " + host + ", record: A}";
      case "docker" -> "{container: " + name + "}";
      case "heartbeat" -> "{token: " + name + "-0123456789abcdef, grace: 1h}";
      default -> null;
    };
  }

  private static String intervention(InterventionRules rules, int calm, String name) {
    return "    intervention: {action: webhook, max_failures: "
        + rules.maxAttempts()
        + ", timeout: "
        + Durations.format(rules.timeoutNanos())
        + ", retry_delay: "
        + Durations.format(rules.retryDelayNanos())
        + ", verify: "
        + rules.verify()
        + ", calm: "
        + calm
        + ", target: {url: \"https://repair.example/"
        + name
        + "\"}}\n";
  }

  private static String alerts(AlertRules rules) {
    StringBuilder text = new StringBuilder();
    String between = "    codes: {";
    for (Code code : Code.values()) {
      if ((rules.codes() & code.bit()) != 0) {
        text.append(between).append(code.name().toLowerCase(Locale.ROOT));
        text.append(": {notify: log, config: {file: alerts.log}}");
        between = ", ";
      }
    }
    if (rules.codes() != 0) {
      text.append("}\n");
    }
    text.append("    alerts: {timeout: ").append(Durations.format(rules.timeoutNanos()));
    text.append(", retries: ").append(rules.retries());
    text.append(", remind: ").append(Durations.format(rules.remindNanos())).append("}\n");
    return text.toString();
  }
}
