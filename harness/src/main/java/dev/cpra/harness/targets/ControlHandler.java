package dev.cpra.harness.targets;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;

/// Answers interventions: `POST /heal/NAME` brings that target back. Shares the targets' event
/// loop.
final class ControlHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String HEAL = "/heal/";

  private final Map<String, EmbeddedTarget> targets;

  /// @param targets by name
  ControlHandler(Map<String, EmbeddedTarget> targets) {
    this.targets = targets;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    var response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, heal(request), Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private HttpResponseStatus heal(FullHttpRequest request) {
    if (!request.method().equals(HttpMethod.POST) || !request.uri().startsWith(HEAL)) {
      return HttpResponseStatus.BAD_REQUEST;
    }
    EmbeddedTarget target = targets.get(request.uri().substring(HEAL.length()));
    if (target == null) {
      return HttpResponseStatus.NOT_FOUND;
    }
    target.heal();
    return HttpResponseStatus.OK;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
