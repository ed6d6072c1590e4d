package dev.cpra.daemon.http;

import dev.cpra.daemon.health.Health;
import dev.cpra.daemon.http.Answer.Page;
import dev.cpra.daemon.metrics.Exposition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Which request gets which answer. Knows nothing of connections. Thread-safe; only [#metrics]
/// takes longer than a moment.
public final class StatusPages {
  private static final String HEARTBEAT = "/heartbeat";
  private static final String BEARER = "bearer ";
  private static final String PAGES =
      "there are /-/healthy, /-/ready, /metrics and /heartbeat/TOKEN";
  private static final String READ = "GET, HEAD";
  private static final String BEAT = "GET, POST";

  private final Supplier<Health> health;
  private final Exposition exposition;
  private final Predicate<String> heartbeats;

  /// @param heartbeats told the token of a job that is alive; whether a monitor waits for it
  public StatusPages(Supplier<Health> health, Exposition exposition, Predicate<String> heartbeats) {
    this.health = health;
    this.exposition = exposition;
    this.heartbeats = heartbeats;
  }

  /// Whether the answer is to be had of [#metrics].
  boolean isMetrics(Ask ask) {
    return ask.path().equals("/metrics") && isRead(ask);
  }

  /// The answer to everything but a scrape.
  Answer answer(Ask ask) {
    return switch (ask.path()) {
      case "/-/healthy" -> isRead(ask) ? healthy() : Answer.notAllowed(Page.HEALTHY, READ);
      case "/-/ready" -> isRead(ask) ? ready() : Answer.notAllowed(Page.READY, READ);
      case "/metrics" -> Answer.notAllowed(Page.METRICS, READ);
      default ->
          ask.path().equals(HEARTBEAT) || ask.path().startsWith(HEARTBEAT + "/")
              ? heartbeat(ask)
              : Answer.text(Page.OTHER, 404, "not found; " + PAGES);
    };
  }

  /// A scrape.
  Answer metrics(Ask ask) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 14);
    try {
      exposition.write(ask.accept(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it goes to memory
    }
    String type = exposition.contentType(ask.accept());
    return new Answer(Page.METRICS, 200, type, "", body.toByteArray());
  }

  private Answer healthy() {
    Health now = health.get();
    return now.healthy()
        ? Answer.text(Page.HEALTHY, 200, "healthy")
        : Answer.text(Page.HEALTHY, 503, "not healthy\n" + String.join("\n", now.reasons()));
  }

  private Answer ready() {
    List<String> reasons = health.get().reasons();
    return reasons.isEmpty()
        ? Answer.text(Page.READY, 200, "ready")
        : Answer.text(Page.READY, 503, "not ready\n" + String.join("\n", reasons));
  }

  /// A HEAD is what link checkers and previews send: it must not count as a sign of life.
  private Answer heartbeat(Ask ask) {
    if (!ask.method().equals("GET") && !ask.method().equals("POST")) {
      return Answer.notAllowed(Page.HEARTBEAT, BEAT);
    }
    String token = token(ask);
    if (token.isEmpty()) {
      return Answer.text(
          Page.HEARTBEAT,
          401,
          "expected a token: /heartbeat/TOKEN, or /heartbeat with `Authorization: Bearer TOKEN`");
    }
    if (heartbeats.test(token)) {
      return Answer.text(Page.HEARTBEAT, 200, "ok");
    }
    return health.get().loaded()
        ? Answer.text(Page.HEARTBEAT, 404, "no monitor waits for this token")
        : Answer.text(Page.HEARTBEAT, 503, "the monitors are not loaded yet; try again");
  }

  private static String token(Ask ask) {
    if (ask.path().length() > HEARTBEAT.length()) {
      return ask.path().substring(HEARTBEAT.length() + 1);
    }
    String header = ask.authorization();
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : "";
  }

  private static boolean isRead(Ask ask) {
    return ask.method().equals("GET") || ask.method().equals("HEAD");
  }
}
