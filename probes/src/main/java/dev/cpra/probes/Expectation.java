package dev.cpra.probes;

import com.google.re2j.Pattern;
import dev.cpra.manifest.kind.HeaderMatch;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.Regexes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What an answer must look like. Immutable. No answer's own text is ever repeated.
class Expectation {
  /// Any 2xx, whatever the body.
  static final Expectation SUCCESS =
      new Expectation(HttpConfig.Expect.DEFAULT, HttpConfig.MAX_RESPONSE_BYTES_DEFAULT);

  private final HttpConfig.Expect expect;
  private final @Nullable ByteBuf contains;
  private final @Nullable Pattern pattern;
  private final @Nullable JsonExpectation json;
  private final List<@Nullable Pattern> headerPatterns;
  private final int bytesMax;

  Expectation(HttpConfig.Expect expect, int bytesMax) {
    this.expect = expect;
    this.bytesMax = bytesMax;
    String text = expect.bodyContains();
    String regex = expect.bodyRegex();
    this.contains =
        text == null
            ? null
            : Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)).asReadOnly());
    this.pattern = regex == null ? null : Regexes.compile(regex);
    this.json = expect.json().isEmpty() ? null : new JsonExpectation(expect.json());
    // Most expect no headers: no list for each of them.
    this.headerPatterns =
        expect.headers().isEmpty() ? List.of() : new ArrayList<>(expect.headers().size());
    for (HeaderMatch header : expect.headers()) {
      headerPatterns.add(header.isRegex() ? Regexes.compile(header.text()) : null);
    }
  }

  static Expectation of(HttpConfig.Expect expect, int bytesMax) {
    // Nearly every monitor's.
    return bytesMax == SUCCESS.bytesMax && expect.equals(SUCCESS.expect)
        ? SUCCESS
        : new Expectation(expect, bytesMax);
  }

  /// Most bytes of a body; a longer one fails.
  int bytesMax() {
    return bytesMax;
  }

  /// Days the certificates must still be valid, 0 for any.
  int certificateDays() {
    return expect.certificateDays();
  }

  boolean acceptsStatus(int status) {
    return expect.accepts(status);
  }

  /// What is wrong with a status that is not accepted.
  Wrong wrongStatus(int status) {
    return new Wrong(Reason.STATUS, "status " + status);
  }

  /// Whether the body must be kept to be judged.
  boolean needsBody() {
    return contains != null || pattern != null || json != null;
  }

  /// What is wrong with the headers; null if nothing.
  @Nullable Wrong wrongHeaders(HttpHeaders headers) {
    Steps steps = new Steps();
    for (int i = 0; i < headerPatterns.size(); i++) {
      HeaderMatch match = expect.headers().get(i);
      Pattern regex = headerPatterns.get(i);
      boolean found = false;
      for (String value : headers.getAll(match.name())) {
        found |= regex == null ? value.contains(match.text()) : steps.finds(regex, value);
      }
      if (!found) {
        if (steps.areOver()) {
          return content("the expression for the header `" + match.name() + "` is too costly");
        }
        return content("the header `" + match.name() + "` is not as expected");
      }
    }
    return null;
  }

  /// What is wrong with a body; null if nothing.
  @Nullable Wrong wrongBody(@Nullable ByteBuf body) {
    ByteBuf bytes = body == null ? Unpooled.EMPTY_BUFFER : body;
    if (contains != null && ByteBufUtil.indexOf(contains, bytes) < 0) {
      return content("the body does not contain the expected text");
    }
    if (pattern != null) {
      Steps steps = new Steps();
      if (!steps.finds(pattern, bytes.toString(StandardCharsets.UTF_8))) {
        return content(
            steps.areOver()
                ? "the expected expression is too costly for this body"
                : "the body does not match the expected expression");
      }
    }
    if (json != null) {
      String wrong = json.wrong(ByteBufUtil.getBytes(bytes));
      return wrong == null ? null : content(wrong);
    }
    return null;
  }

  /// What is wrong with a try that took so long; null if nothing.
  @Nullable Wrong wrongLatency(long nanos) {
    long most = expect.latencyNanos();
    return most == 0 || nanos <= most
        ? null
        : new Wrong(
            Reason.SLOW,
            "answered after " + millis(nanos) + " ms, expected at most " + millis(most));
  }

  private static Wrong content(String text) {
    return new Wrong(Reason.CONTENT, text);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
