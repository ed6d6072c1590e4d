package dev.cpra.daemon.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.server.SMTPServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes the alerts of every kind, mails among them, and the calls for repairs, and writes down
/// what arrived, in order.
final class Receiver implements AutoCloseable {
  /// What arrived.
  ///
  /// @param place where: `yellow`, `pagerduty`, `slack`, `alertmanager` or `mail`
  /// @param key the dedup key, empty where there is none
  record Delivery(String place, String monitor, String colour, String key) {}

  /// Repairs a target.
  interface Repair {
    /// Whether it did.
    boolean make() throws IOException;
  }

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern SUBJECT = Pattern.compile("(?mi)^Subject: (\\S+) (\\S+)\\r?$");

  private final HttpServer server;
  private final SMTPServer smtp;
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final Map<String, Repair> repairs = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::handle);
    server.start();
    smtp =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .messageHandler((_, from, to, data) -> mail(from + "," + to, data))
            .build();
    smtp.start();
  }

  /// The port of the mail server.
  int smtpPort() {
    return smtp.getPortAllocated();
  }

  private void mail(String people, byte[] data) {
    Matcher subject = SUBJECT.matcher(new String(data, StandardCharsets.US_ASCII));
    deliveries.add(
        people.equals("cpra@example.org,ops@example.org") && subject.find()
            ? new Delivery("mail", subject.group(1), subject.group(2), "")
            : new Delivery("unknown", "mail", people, ""));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What a call for this monitor's repair does.
  void onRepair(String monitor, Repair repair) {
    repairs.put(monitor, repair);
  }

  /// All that arrived.
  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /// What arrived for a monitor, as `place colour`.
  List<String> trace(String monitor) {
    return deliveries.stream()
        .filter(delivery -> delivery.monitor.equals(monitor))
        .map(delivery -> delivery.place + " " + delivery.colour)
        .toList();
  }

  /// The monitors whose repair was called for, in order.
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
    smtp.stop();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      boolean well = true;
      if (path.startsWith("/repair/")) {
        String monitor = path.substring("/repair/".length());
        calls.add(monitor);
        Repair repair = repairs.get(monitor);
        well = repair != null && repair.make();
      } else {
        deliveries.add(delivery(path, body));
      }
      exchange.sendResponseHeaders(well ? 202 : 500, -1);
    }
  }

  private static Delivery delivery(String path, byte[] body) {
    JsonNode json = JSON.readTree(body);
    return switch (path) {
      case "/yellow" ->
          new Delivery(
              "yellow",
              json.get("monitor").asString(),
              json.get("code").asString(),
              json.get("dedup_key").asString());
      case "/pagerduty" -> {
        JsonNode payload = json.get("payload");
        String colour = payload.get("custom_details").get("code").asString();
        boolean resolves = json.get("event_action").asString().equals("resolve");
        yield new Delivery(
            resolves ? "pagerduty-resolve" : "pagerduty-trigger",
            payload.get("source").asString(),
            colour,
            json.get("dedup_key").asString());
      }
      case "/slack" -> {
        String[] words = json.get("text").asString().split(" ", -1);
        yield new Delivery("slack", words[0], words[1], "");
      }
      case "/api/v2/alerts" ->
          new Delivery(
              "alertmanager",
              json.get(0).get("labels").get("monitor").asString(),
              json.get(0).get("annotations").get("code").asString(),
              "");
      default -> new Delivery("unknown", path, "", "");
    };
  }
}
