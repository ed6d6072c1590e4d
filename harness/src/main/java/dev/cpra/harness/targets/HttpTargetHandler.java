package dev.cpra.harness.targets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Answers HTTP as the target's state demands.
@Sharable
final class HttpTargetHandler extends ChannelInboundHandlerAdapter {
  private static final byte[] GARBAGE =
      "no HTTP at all\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.pipeline().addBefore(context.name(), "codec", new HttpServerCodec());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      EmbeddedTarget target = context.channel().attr(EmbeddedTarget.KEY).get();
      if (message instanceof HttpRequest request) {
        target.countRequest();
        answer(context, target, HttpUtil.isKeepAlive(request));
      } else if (message instanceof LastHttpContent) {
        return; // bodies are read and not looked at
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private static void answer(
      ChannelHandlerContext context, EmbeddedTarget target, boolean keepAlive) {
    switch (target.state()) {
      case UP -> respond(context, HttpResponseStatus.OK, keepAlive);
      case ERROR, DOWN -> respond(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, keepAlive);
      case SLOW -> {
        var _ =
            context
                .executor()
                .schedule(
                    () -> respond(context, HttpResponseStatus.OK, keepAlive),
                    target.script().slowNanos(),
                    TimeUnit.NANOSECONDS);
      }
      case RESET -> {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = context.close();
      }
      case GARBAGE -> {
        // Past the codec, which would not encode it.
        var _ =
            context
                .channel()
                .pipeline()
                .context("codec")
                .writeAndFlush(Unpooled.wrappedBuffer(GARBAGE))
                .addListener(ChannelFutureListener.CLOSE);
      }
      case HANG -> {}
    }
  }

  private static void respond(
      ChannelHandlerContext context, HttpResponseStatus status, boolean keepAlive) {
    ByteBuf body = Unpooled.copiedBuffer(status.reasonPhrase(), StandardCharsets.US_ASCII);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    var written = context.writeAndFlush(response);
    if (!keepAlive) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /// A client that resets its connection is no news to a target.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
