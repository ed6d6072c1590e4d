package dev.cpra.probes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/// One execution of a [TcpProbe].
final class TcpRun extends NetRun {
  private final Endpoint endpoint;
  private final byte @Nullable [] send;
  private final byte @Nullable [] expect;
  private final int certificateDays;
  private @Nullable ByteBuf received;

  TcpRun(
      Endpoint endpoint,
      byte @Nullable [] send,
      byte @Nullable [] expect,
      int certificateDays,
      int retries) {
    super(retries);
    this.endpoint = endpoint;
    this.send = send;
    this.expect = expect;
    this.certificateDays = certificateDays;
  }

  @Override
  boolean http() {
    return false;
  }

  @Override
  int certificateDays() {
    return certificateDays;
  }

  @Override
  void attempt() {
    freeBody();
    open(endpoint);
  }

  @Override
  void ready(Connection connection) {
    Channel channel = connection.channel();
    if (send != null) {
      ByteBuf bytes = channel.alloc().directBuffer(send.length).writeBytes(send);
      if (expect != null) {
        connection.write(bytes);
      } else {
        channel.writeAndFlush(bytes).addListener((ChannelFuture sent) -> sent(connection, sent));
      }
    } else if (expect == null) {
      end(Reason.OK, "");
    }
  }

  @Override
  void read(Connection connection, Object message) {
    if (expect == null || !(message instanceof ByteBuf bytes)) {
      return;
    }
    ByteBuf all = received;
    if (all == null) {
      received = all = connection.channel().alloc().heapBuffer(bytes.readableBytes());
    }
    // Only what is new can complete a match, with at most a needle's length before it.
    int from = Math.max(0, all.readableBytes() - expect.length);
    all.writeBytes(bytes);
    ByteBuf unseen = all.slice(from, all.readableBytes() - from);
    if (ByteBufUtil.indexOf(Unpooled.wrappedBuffer(expect), unseen) >= 0) {
      end(Reason.OK, "");
    } else if (all.readableBytes() > TcpProbe.READ_MAX) {
      fail(Reason.CONTENT, "no expected text in the first " + TcpProbe.READ_MAX + " bytes");
    }
  }

  @Override
  void closed(Connection connection) {
    if (received == null) {
      fail(Reason.CLOSED);
    } else {
      fail(Reason.CONTENT, "closed before the expected text came");
    }
  }

  @Override
  void freeBody() {
    ByteBuf kept = received;
    received = null;
    if (kept != null) {
      kept.release();
    }
  }

  private void sent(Connection connection, ChannelFuture sent) {
    if (connection.run() != this) {
      return;
    }
    if (sent.isSuccess()) {
      end(Reason.OK, "");
    } else {
      onFailure(connection, sent.cause());
    }
  }
}
