package dev.cpra.daemon.http;

import dev.cpra.daemon.http.Answer.Page;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one request of a connection. On the server's event loop; a scrape runs on its own thread.
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final long LINGER_MILLIS = 1_000;

  private final StatusPages pages;
  private final HttpCounts counts;
  private final Executor scrapes;
  private boolean asked;

  RequestHandler(StatusPages pages, HttpCounts counts, Executor scrapes) {
    this.pages = pages;
    this.counts = counts;
    this.scrapes = scrapes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (asked) {
      return; // one request per connection
    }
    asked = true;
    if (request.decoderResult().isFailure()) {
      refuse(context, request.decoderResult().cause());
      return;
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    Ask ask =
        new Ask(
            request.method().name(),
            query < 0 ? uri : uri.substring(0, query),
            request.headers().get(HttpHeaderNames.ACCEPT),
            request.headers().get(HttpHeaderNames.AUTHORIZATION));
    if (pages.isMetrics(ask)) {
      scrape(context, ask);
    } else {
      send(context, ask, pages.answer(ask));
    }
  }

  private void scrape(ChannelHandlerContext context, Ask ask) {
    try {
      scrapes.execute(() -> {
        Answer answer;
        try {
          answer = pages.metrics(ask);
        } catch (RuntimeException e) {
          LOG.error("a scrape failed", e);
          answer = Answer.text(Page.METRICS, 500, "the scrape failed; the log says why");
        }
        send(context, ask, answer);
      });
    } catch (RejectedExecutionException _) {
      send(context, ask, Answer.text(Page.METRICS, 503, "too many scrapes at once"));
    }
  }

  private void send(ChannelHandlerContext context, Ask ask, Answer answer) {
    counts.answered(answer.page(), answer.status());
    var _ =
        context
            .writeAndFlush(response(answer, !ask.method().equals("HEAD")))
            .addListener(ChannelFutureListener.CLOSE);
  }

  /// What is left of a request that cannot be read is still under way: closing at once would reset
  /// the connection and the answer would be lost. So it is read and thrown away for a moment.
  private void refuse(ChannelHandlerContext context, Throwable cause) {
    Answer answer =
        switch (cause) {
          case TooLongHttpLineException _ ->
              Answer.text(Page.OTHER, 414, "the first line is too long");
          case TooLongHttpHeaderException _ ->
              Answer.text(Page.OTHER, 431, "the headers are too large");
          default -> Answer.text(Page.OTHER, 400, "this is not HTTP/1.1");
        };
    counts.answered(answer.page(), answer.status());
    var _ =
        context
            .writeAndFlush(response(answer, true))
            .addListener(_ -> {
              if (context.channel() instanceof SocketChannel socket) {
                var _ = socket.shutdownOutput();
              }
              var _ =
                  context
                      .executor()
                      .schedule(
                          () -> {
                            var _ = context.close();
                          },
                          LINGER_MILLIS,
                          TimeUnit.MILLISECONDS);
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("a connection failed", cause);
    var _ = context.close();
  }

  private static FullHttpResponse response(Answer answer, boolean withBody) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            withBody ? Unpooled.wrappedBuffer(answer.body()) : Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
        .set(HttpHeaderNames.CONNECTION, "close")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Content-Type-Options", "nosniff");
    if (!answer.allow().isEmpty()) {
      response.headers().set(HttpHeaderNames.ALLOW, answer.allow());
    }
    return response;
  }
}
