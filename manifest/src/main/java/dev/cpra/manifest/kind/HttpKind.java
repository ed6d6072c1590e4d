package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Shape.Rule.ExactlyOne;
import dev.cpra.manifest.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `type: http`
public final class HttpKind implements Kind<HttpConfig> {
  private static final Type STATUS =
      Type.Either.of(
          new Type.Whole(100, 599),
          new Type.Text(
              3,
              7,
              Pattern.compile("[1-5]xx|[1-5][0-9][0-9]-[1-5][0-9][0-9]"),
              "a status such as 200, 2xx or 200-299"));

  private static final Shape AUTH =
      Shape.of(
              "How the check proves who it is: `user` and `password`, or `bearer`.",
              Field.of(
                      "user",
                      new Type.Text(1, 256, Pattern.compile("[^:]+"), "a user without a colon"),
                      "Basic authentication: the user.")
                  .alias("username"),
              Field.of("password", Type.TEXT, "Basic authentication: the password.").hide(),
              Field.of(
                      "bearer",
                      new Type.Text(1, 8_192, Pattern.compile("[!-~]+"), "a token without spaces"),
                      "A bearer token.")
                  .alias("token")
                  .hide())
          .with(new ExactlyOne(List.of(List.of("user", "password"), List.of("bearer"))));

  private static final Shape EXPECT =
      Shape.of(
          "What the response must look like.",
          Field.of(
              "status",
              new Type.ListOf(STATUS, true, 100),
              "Accepted status codes: 200, 2xx, 200-299 or a list of them; 2xx if left out."),
          Field.of("body_contains", Type.TEXT, "Text the body must contain."),
          Field.of(
              "body_regex", Regexes.TYPE, "A regular expression that must be found in the body."),
          HeaderMatch.FIELD,
          HeaderMatch.REGEX_FIELD,
          JsonMatch.FIELD,
          Field.of(
              "latency",
              Type.DURATION,
              "Longest time from the start of a try until its answer is whole."),
          Keys.CERTIFICATE_DAYS.or(0L));

  private static final Shape SHAPE =
      Shape.of(
          "An HTTP check.",
          Field.of("url", Type.HTTP_URL, "What is asked, http or https.").need(),
          Keys.method("GET"),
          Header.FIELD,
          Field.of("auth", new Type.Nested(AUTH), AUTH.doc()),
          Field.of("body", Type.TEXT, "Sent with the request.").hide(),
          Field.of("expect", new Type.Nested(EXPECT), EXPECT.doc()),
          Field.of("follow_redirects", Type.BOOL, "Whether up to 5 redirects are followed.")
              .or(false),
          Field.of(
                  "keep_alive",
                  Type.BOOL,
                  "Whether a connection is used again; a new one also tests that one can be opened.")
              .or(false),
          Field.of(
                  "max_response_bytes",
                  new Type.Bytes(0, 16 << 20),
                  "How much of the body is read at most; a longer one fails the check.")
              .or((long) HttpConfig.MAX_RESPONSE_BYTES_DEFAULT),
          Keys.VERIFY_TLS,
          Keys.RETRIES);

  @Override
  public Section section() {
    return Section.PULSE;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public HttpConfig read(Fields fields) {
    String body = fields.textOrNull("body");
    HttpConfig.Expect expect = expect(fields.nested("expect"), fields);
    if (!expect.json().isEmpty()
        && fields.whole("max_response_bytes") > HttpConfig.Expect.JSON_BYTES_MAX) {
      fields.problem("max_response_bytes", "with `json`, expected at most 1MiB");
    }
    return new HttpConfig(
        fields.text("url"),
        fields.share(fields.text("method")),
        Header.read(fields),
        auth(fields.nested("auth"), fields),
        body == null ? null : fields.share(body),
        expect,
        fields.flag("follow_redirects"),
        fields.flag("keep_alive"),
        fields.whole("max_response_bytes"),
        fields.flag("verify_tls"),
        fields.whole("retries"));
  }

  private static @Nullable Auth auth(@Nullable Fields given, Fields share) {
    if (given == null) {
      return null;
    }
    Auth auth =
        given.has("bearer")
            ? new Auth.Bearer(new Secret(given.text("bearer")))
            : new Auth.Basic(given.text("user"), new Secret(given.text("password")));
    return share.share(auth);
  }

  private static HttpConfig.Expect expect(@Nullable Fields given, Fields share) {
    if (given == null) {
      return HttpConfig.Expect.DEFAULT;
    }
    List<StatusRange> statuses = new ArrayList<>();
    for (Object status : given.items("status", Object.class)) {
      try {
        statuses.add(StatusRange.parse(status.toString()));
      } catch (IllegalArgumentException wrong) {
        given.problem("status", String.valueOf(wrong.getMessage()));
      }
    }
    List<StatusRange> accepted =
        statuses.isEmpty() ? HttpConfig.Expect.DEFAULT.statuses() : List.copyOf(statuses);
    return share.share(
        new HttpConfig.Expect(
            accepted,
            given.textOrNull("body_contains"),
            Regexes.read(given, "body_regex"),
            HeaderMatch.read(given),
            JsonMatch.read(given),
            given.has("latency") ? given.nanos("latency") : 0,
            given.whole("certificate_days")));
  }
}
