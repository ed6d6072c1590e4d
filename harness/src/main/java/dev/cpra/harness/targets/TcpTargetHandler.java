package dev.cpra.harness.targets;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/// Echoes, or does not, as the target's state demands.
@Sharable
final class TcpTargetHandler extends ChannelInboundHandlerAdapter {
  private static final byte[] GARBAGE = {0, 1, 2, 3, 4, 5, 6, 7};

  @Override
  public void channelActive(ChannelHandlerContext context) {
    switch (target(context).state()) {
      case ERROR, DOWN -> {
        var _ = context.close();
      }
      case RESET -> {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = context.close();
      }
      default -> {}
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    EmbeddedTarget target = target(context);
    target.countRequest();
    switch (target.state()) {
      case UP -> {
        var _ = context.writeAndFlush(message);
      }
      case SLOW -> {
        var _ =
            context
                .executor()
                .schedule(
                    () -> {
                      var _ = context.writeAndFlush(message);
                    },
                    target.script().slowNanos(),
                    TimeUnit.NANOSECONDS);
      }
      case GARBAGE -> {
        ReferenceCountUtil.release(message);
        var _ = context.writeAndFlush(context.alloc().buffer().writeBytes(GARBAGE));
      }
      default -> ReferenceCountUtil.release(message);
    }
  }

  private static EmbeddedTarget target(ChannelHandlerContext context) {
    return context.channel().attr(EmbeddedTarget.KEY).get();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
