package dev.cpra.daemon.http;

import dev.cpra.daemon.http.Answer.Page;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/// Gathers a request whose body is short, and answers 413 to one whose body is not.
final class BoundedBody extends HttpObjectAggregator {
  private final HttpCounts counts;

  BoundedBody(HttpLimits limits, HttpCounts counts) {
    super(limits.bodyBytes(), true);
    this.counts = counts;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message)
      throws Exception {
    counts.answered(Page.OTHER, 413);
    super.handleOversizedMessage(context, message);
  }
}
