package dev.cpra.probes;

import dev.cpra.probes.HttpRequests.Hop;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One execution of an [HttpProbe].
final class HttpRun extends NetRun {
  private static final int INFORMATIONAL_MAX = 8;
  private static final int SWITCHING_PROTOCOLS = 101;

  /// How long the rest of an answer is waited for that says nothing any more.
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HttpProbe probe;
  private @Nullable Hop hop;
  private @Nullable Redirects redirects;
  private @Nullable String location;
  private @Nullable ByteBuf body;
  private long bodyBytes;
  private int informational;
  private boolean skipping;
  private boolean keepAlive;
  private boolean accepted;
  private boolean freshOnly;
  private long attemptNanos;
  private @Nullable Wrong wrongHeaders;
  private long retryAfterNanos;

  HttpRun(HttpProbe probe, int retries) {
    super(retries);
    this.probe = probe;
  }

  @Override
  boolean http() {
    return true;
  }

  @Override
  int certificateDays() {
    return probe.expectation().certificateDays();
  }

  @Override
  void attempt() {
    redirects = null;
    freshOnly = false;
    attemptNanos = loop().nanos();
    ask(probe.firstHop(monitor(), detail()));
  }

  @Override
  void ready(Connection connection) {
    Hop asked = asked();
    connection.expectBodiless(asked.head());
    Channel channel = connection.channel();
    connection.write(channel.alloc().directBuffer(asked.bytes().length).writeBytes(asked.bytes()));
  }

  @Override
  void read(Connection connection, Object message) {
    if (message instanceof HttpResponse response) {
      header(response);
    }
    if (message instanceof HttpContent content && connection.run() == this) {
      content(connection, content);
    }
  }

  /// A webhook that was accepted is done, whatever becomes of the rest of its answer: as a failure
  /// it would be repeated.
  @Override
  protected Reason timeoutReason() {
    return accepted ? Reason.OK : super.timeoutReason();
  }

  @Override
  void closed(Connection connection) {
    if (accepted) {
      complete();
    } else if (status == 0) {
      broke(connection, Reason.CLOSED);
    } else {
      fail(Reason.TRUNCATED);
    }
  }

  /// A kept connection may have been closed by the target while nobody used it. That says nothing
  /// about the target: the request goes out again on a new one, if sending it twice does no harm.
  @Override
  void broke(Connection connection, Reason reason) {
    if (accepted) {
      complete();
    } else if (connection.isReused() && !freshOnly && firstByteNanos == 0 && isIdempotent()) {
      freshOnly = true;
      drop();
      loop().execute(this::askAgain);
    } else {
      fail(reason);
    }
  }

  private void askAgain() {
    if (!hasEnded()) {
      ask(asked());
    }
  }

  private void ask(Hop next) {
    hop = next;
    freeBody();
    bodyBytes = 0;
    informational = 0;
    skipping = false;
    accepted = false;
    location = null;
    wrongHeaders = null;
    retryAfterNanos = 0;
    Connection kept =
        probe.spec().keepAlive() && !freshOnly ? loop().connections().reuse(next.endpoint()) : null;
    if (kept == null) {
      open(next.endpoint());
    } else {
      reuse(kept);
    }
  }

  private void header(HttpResponse response) {
    DecoderResult decoded = response.decoderResult();
    if (decoded.isFailure()) {
      malformed(decoded);
      return;
    }
    int code = response.status().code();
    if (code < 200 && code != SWITCHING_PROTOCOLS) {
      skipping = true;
      if (++informational > INFORMATIONAL_MAX) {
        fail(Reason.PROTOCOL, "more than " + INFORMATIONAL_MAX + " interim answers");
      }
      return;
    }
    status = code;
    keepAlive = HttpUtil.isKeepAlive(response);
    if (probe.redirectsMax() > 0 && Redirects.isRedirect(code)) {
      location = response.headers().get(HttpHeaderNames.LOCATION);
    }
    if (probe.isPatient()) {
      accepted = probe.expectation().acceptsStatus(code);
      if (accepted) {
        var _ = loop().eventLoop().schedule(this::heardEnough, REST_NANOS, TimeUnit.NANOSECONDS);
      }
      retryAfterNanos = RetryAfter.nanos(code, response.headers(), System.currentTimeMillis());
    }
    if (location == null && probe.expectation().acceptsStatus(code)) {
      wrongHeaders = probe.expectation().wrongHeaders(response.headers());
    }
  }

  private void heardEnough() {
    if (!hasEnded()) {
      complete();
    }
  }

  private void content(Connection connection, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      if (accepted) {
        complete();
      } else {
        malformed(content.decoderResult());
      }
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (skipping) {
      skipping = !last;
      return;
    }
    ByteBuf bytes = content.content();
    bodyBytes += bytes.readableBytes();
    if (bodyBytes > probe.expectation().bytesMax()) {
      tooLong();
      return;
    }
    if (probe.expectation().needsBody() && location == null && bytes.isReadable()) {
      ByteBuf kept = body;
      if (kept == null) {
        body = kept = connection.channel().alloc().heapBuffer(bytes.readableBytes());
      }
      kept.writeBytes(bytes);
    }
    if (last) {
      complete();
    }
  }

  /// The rest of a body is not read, so the connection cannot be used again.
  private void tooLong() {
    if (location != null || !probe.expectation().acceptsStatus(status) || accepted) {
      keepAlive = false;
      complete();
      return;
    }
    fail(
        Reason.BODY_TOO_LARGE,
        "the body is longer than " + probe.expectation().bytesMax() + " bytes");
  }

  private void complete() {
    String next = location;
    boolean keep = keepAlive && probe.spec().keepAlive();
    if (next == null) {
      judge(keep);
      return;
    }
    if (keep) {
      keepConnection();
    } else {
      drop();
    }
    Redirects seen = redirects;
    if (seen == null) {
      redirects = seen = new Redirects(probe, asked());
    }
    Redirects.Step step = seen.follow(asked(), status, next);
    if (step.hop() == null) {
      fail(Reason.REDIRECT, step.refusal());
    } else {
      Hop to = step.hop();
      loop()
          .execute(() -> {
            if (!hasEnded()) {
              ask(to);
            }
          });
    }
  }

  private void judge(boolean keep) {
    Wrong wrong = wrong(probe.expectation());
    freeBody();
    if (keep) {
      keepConnection();
    } else {
      hangUp();
    }
    if (wrong == null) {
      end(Reason.OK, "");
    } else if (retryAfterNanos > 0) {
      askLater(wrong, retryAfterNanos);
    } else {
      fail(wrong.reason(), wrong.text());
    }
  }

  /// The receiver asks for patience: it gets it as long as the job has time for, else the delivery
  /// has failed, at once and without further tries, and whoever backs off tries again.
  private void askLater(Wrong wrong, long waitNanos) {
    drop();
    if (waitNanos < deadlineNanos - loop().nanos()) {
      var _ = loop().eventLoop().schedule(this::again, waitNanos, TimeUnit.NANOSECONDS);
    } else {
      end(wrong.reason(), wrong.text() + ", asked to wait " + waitNanos / 1_000_000_000L + " s");
    }
  }

  private @Nullable Wrong wrong(Expectation expectation) {
    if (!expectation.acceptsStatus(status)) {
      return expectation.wrongStatus(status);
    }
    if (wrongHeaders != null) {
      return wrongHeaders;
    }
    Wrong wrongBody = expectation.needsBody() ? expectation.wrongBody(body) : null;
    return wrongBody != null ? wrongBody : expectation.wrongLatency(loop().nanos() - attemptNanos);
  }

  private void malformed(DecoderResult decoded) {
    fail(
        decoded.cause() instanceof TooLongFrameException
            ? Reason.HEADER_TOO_LARGE
            : Reason.PROTOCOL);
  }

  @Override
  void freeBody() {
    ByteBuf kept = body;
    body = null;
    if (kept != null) {
      kept.release();
    }
  }

  private Hop asked() {
    Hop current = hop;
    if (current == null) {
      throw new IllegalStateException("nothing was asked yet");
    }
    return current;
  }

  private boolean isIdempotent() {
    return switch (asked().method()) {
      case "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE" -> true;
      default -> false;
    };
  }
}
