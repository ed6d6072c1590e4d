package dev.cpra.probes;

import static dev.cpra.probes.Checks.get;
import static dev.cpra.probes.Checks.http;
import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.Auth;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.Secret;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedirectsTest {
  private static final Auth TOKEN = new Auth.Bearer(new Secret("t0ken"));
  private static ProbeLoops loops;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  /// `/n` leads to `/n-1`, `/0` is there; everything else goes where its path says.
  private static ScriptedServer countdown() {
    return ScriptedServer.start(connection -> {
      String path = connection.request().split(" ", 3)[1];
      int n = Integer.parseInt(path.substring(1));
      connection.send(
          n == 0 ? response(200, "there") : response(302, "no", "Location: /" + (n - 1)));
    });
  }

  @Test
  void theyAreNotFollowedUnlessAskedFor() {
    try (ScriptedServer server = countdown()) {
      CheckResult result = http(loops, HttpConfig.get(server.url("/1")));
      assertThat(result.reason()).isEqualTo(Reason.STATUS);
      assertThat(result.status()).isEqualTo(302);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void theyAreFollowedUpToTheirMost() {
    try (ScriptedServer server = countdown()) {
      int most = HttpConfig.REDIRECTS_MAX;
      CheckResult result =
          http(loops, get(server.url("/" + most)).followRedirects().contains("there").build());
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.connections()).isEqualTo(most + 1);
      CheckResult tooMany =
          http(loops, get(server.url("/" + (most + 1))).followRedirects().build());
      assertThat(tooMany.reason()).isEqualTo(Reason.REDIRECT);
      assertThat(tooMany.text()).contains("more than " + most);
    }
  }

  @Test
  void aLoopIsDetected() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          connection.request();
          connection.send(response(301, "", "Location: /again?key=s3cret"));
        })) {
      CheckResult result = http(loops, get(server.url("/")).followRedirects().build());
      assertThat(result.reason()).isEqualTo(Reason.REDIRECT);
      assertThat(result.text()).contains("loop").doesNotContain("s3cret");
      assertThat(server.requests).hasSize(2);
    }
  }

  /// Kills a comparison with the place before: a stranger who redirects to itself would be told.
  @Test
  void credentialsStayWithTheirOrigin() {
    try (ScriptedServer other = strangerWhoAsksTwice();
        ScriptedServer server =
            ScriptedServer.start(connection ->
                connection.send(
                    connection.request().startsWith("GET /first")
                        ? response(307, "", "Location: /second")
                        : response(307, "", "Location: " + other.url("/"))))) {
      CheckResult result =
          http(loops, get(server.url("/first")).auth(TOKEN).followRedirects().build());
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(server.requests).hasSize(2).allMatch(request -> request.contains("t0ken"));
      assertThat(other.requests).hasSize(2).noneMatch(request -> request.contains("t0ken"));
    }
  }

  private static ScriptedServer strangerWhoAsksTwice() {
    return ScriptedServer.start(connection ->
        connection.send(
            connection.request().contains(" /again ")
                ? response(200, "")
                : response(307, "", "Location: /again")));
  }

  @Test
  void noHeaderThatMayTellSomethingGoesElsewhere() {
    for (String name : new String[] {"X-Auth", "X-Secret", "Host"}) {
      try (ScriptedServer other = strangerWhoAsksTwice();
          ScriptedServer server =
              ScriptedServer.start(
                  ScriptedServer.answer(response(302, "", "Location: " + other.url("/"))))) {
        assertThat(
                http(
                        loops,
                        get(server.url("/")).header(name, "told.test").followRedirects().build())
                    .ok())
            .isTrue();
        assertThat(server.requests).allMatch(request -> request.contains("told.test"));
        assertThat(other.requests)
            .as(name)
            .hasSize(2)
            .allMatch(request -> request.toLowerCase(Locale.ROOT).contains("host: 127.0.0.1:"))
            .noneMatch(request -> request.contains("told.test"));
      }
      try (ScriptedServer other = ScriptedServer.start(ScriptedServer.answer(response(200, "")));
          ScriptedServer server =
              ScriptedServer.start(
                  ScriptedServer.answer(response(302, "", "Location: " + other.url("/"))))) {
        http(loops, get(server.url("/")).header("Accept", "text/x").followRedirects().build());
        assertThat(other.requests).allMatch(request -> request.contains("text/x"));
      }
    }
  }

  @Test
  void aQueryAloneKeepsThePath() {
    try (ScriptedServer server =
        ScriptedServer.start(connection ->
            connection.send(
                connection.request().contains("?x=1")
                    ? response(200, "")
                    : response(302, "", "Location: ?x=1")))) {
      assertThat(http(loops, get(server.url("/a/b?y=2")).followRedirects().build()).ok()).isTrue();
      assertThat(server.requests.get(1)).startsWith("GET /a/b?x=1 ");
    }
  }

  @Test
  void aPostBecomesAGetAfter303AndStaysOneAfter307() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          String request = connection.request();
          connection.send(
              request.contains(" /see ")
                  ? response(303, "", "Location: /done")
                  : request.contains(" /keep ")
                      ? response(307, "", "Location: /done")
                      : response(200, ""));
        })) {
      assertThat(post(server, "/see").ok()).isTrue();
      assertThat(post(server, "/keep").ok()).isTrue();
      assertThat(server.requests.get(1)).startsWith("GET /done").doesNotContain("payload");
      assertThat(server.requests.get(3)).startsWith("POST /done").endsWith("payload");
    }
  }

  @Test
  void aLocationThatIsNoUrlEndsTheCheck() {
    for (String location : new String[] {"http://x y/", "ftp://127.0.0.1/", "mailto:me"}) {
      try (ScriptedServer server =
          ScriptedServer.start(ScriptedServer.answer(response(302, "", "Location: " + location)))) {
        CheckResult result = http(loops, get(server.url("/")).followRedirects().build());
        assertThat(result.reason()).as(location).isEqualTo(Reason.REDIRECT);
      }
    }
  }

  private static CheckResult post(ScriptedServer server, String path) {
    return http(
        loops, get(server.url(path)).method("POST").body("payload").followRedirects().build());
  }
}
