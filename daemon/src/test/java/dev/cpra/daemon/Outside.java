package dev.cpra.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a daemon touches, on loopback: targets that are checked and repaired, and a receiver of
/// alerts. Writes down what it sees and what must never be. Thread-safe.
final class Outside implements AutoCloseable {
  private static final Pattern ALERT =
      Pattern.compile("\"monitor\":\"([^\"]*)\",\"code\":\"([^\"]*)\".*\"dedup_key\":\"([^\"]*)\"");

  /// One target.
  private static final class Target {
    boolean up = true;
    int acts;
    boolean actSinceCheck;
    String alert = "";
    int alertLife;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Target> targets = new TreeMap<>();
  private final List<String> wrongs = new ArrayList<>();
  private final int attemptsMax;
  private boolean repairsHelp = true;
  private int life;
  private int checks;
  private int acts;
  private int alerts;

  Outside(int count, int attemptsMax) throws IOException {
    this.attemptsMax = attemptsMax;
    for (int i = 0; i < count; i++) {
      targets.put("m" + i, new Target());
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(threads);
    server.createContext("/check/", exchange -> answer(exchange, check(name(exchange))));
    server.createContext("/repair/", this::repair);
    server.createContext("/alert", exchange -> answer(exchange, alert(exchange)));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// A manifest of all targets.
  String manifest() {
    StringBuilder text =
        new StringBuilder(
            "safety: {interventions: {budget: {fleet: {most: 10000, per: 1s}},"
                + " breaker: {share: 1, least: 1000}}}\nmonitors:\n");
    for (String name : targets.keySet()) {
      text.append("  - name: ").append(name).append('\n');
      text.append("    pulse_check: {type: http, interval: 200ms, timeout: 1s,")
          .append(" unhealthy_threshold: 2, config: {url: \"")
          .append(url())
          .append("/check/")
          .append(name)
          .append("\"}}\n");
      text.append("    intervention: {action: webhook, timeout: 3s, max_failures: ")
          .append(attemptsMax)
          .append(", retry_delay: 100ms, verify: 2, target: {url: \"")
          .append(url())
          .append("/repair/")
          .append(name)
          .append("\"}}\n");
      text.append("    codes:\n");
      for (String code : List.of("red", "yellow", "green", "cyan", "gray")) {
        text.append("      ")
            .append(code)
            .append(": {notify: webhook, config: {url: \"")
            .append(url())
            .append("/alert\"}}\n");
      }
    }
    return text.toString();
  }

  private static String name(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized int check(String name) {
    Target target = target(name);
    checks++;
    target.actSinceCheck = false;
    return target.up ? 200 : 503;
  }

  /// A repair takes a while, so that kills hit it; it always says that it did well, so the next
  /// thing must be a check.
  private void repair(HttpExchange exchange) throws IOException {
    String name = name(exchange);
    boolean heals;
    synchronized (this) {
      Target target = target(name);
      acts++;
      target.acts++;
      if (target.actSinceCheck) {
        wrongs.add("an intervention of " + name + " was repeated before a check looked");
      }
      target.actSinceCheck = true;
      if (target.acts > attemptsMax) {
        wrongs.add(target.acts + " interventions in one outage of " + name);
      }
      heals = acts % 2 == 0;
    }
    try {
      Thread.sleep(150); // what a repair takes, not a wait for something
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (heals && repairsHelp) { // not when it was begun by a life that is over by now
        turn(name, true);
      }
    }
    answer(exchange, 200);
  }

  private int alert(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = ALERT.matcher(body);
    synchronized (this) {
      if (!matcher.find()) {
        wrongs.add("not an alert: " + body);
        return 400;
      }
      String name = matcher.group(1);
      String code = matcher.group(2);
      Target target = target(name);
      if (!matcher.group(3).equals("cpra/" + name)) {
        wrongs.add("another dedup key: " + body);
      }
      // Two repairs in a row may report success.
      if (target.alert.equals(code) && target.alertLife == life && !code.equals("cyan")) {
        wrongs.add(code + " of " + name + " came twice in one life");
      }
      target.alert = code;
      target.alertLife = life;
      alerts++;
      return 200;
    }
  }

  private Target target(String name) {
    Target target = targets.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no target " + name);
    }
    return target;
  }

  /// A target goes down or comes up.
  synchronized void turn(String name, boolean up) {
    Target target = target(name);
    if (up != target.up) {
      target.acts = 0;
    }
    target.up = up;
  }

  synchronized void turnAll(boolean up) {
    targets.keySet().forEach(name -> turn(name, up));
  }

  synchronized void help(boolean repairs) {
    repairsHelp = repairs;
  }

  /// The daemon was killed and will be started again.
  synchronized void nextLife() {
    life++;
  }

  /// Whether the last alert of every target is this one.
  synchronized boolean allTold(String code) {
    return targets.values().stream().allMatch(target -> target.alert.equals(code));
  }

  synchronized List<String> names() {
    return List.copyOf(targets.keySet());
  }

  synchronized int checks() {
    return checks;
  }

  synchronized int acts() {
    return acts;
  }

  synchronized int alerts() {
    return alerts;
  }

  synchronized List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  /// The last alert of each, for messages.
  synchronized String told() {
    StringBuilder text = new StringBuilder();
    targets.forEach((name, target) -> text.append(name + "=" + target.alert + " "));
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
