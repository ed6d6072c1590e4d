package dev.cpra.probes;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The event loops and what opens sockets on them.
///
/// @param kind which one it is
/// @param why one line: which, and why none faster
/// @param group the event loops
record Transport(TransportKind kind, String why, IoEventLoopGroup group) implements Sockets {
  /// Entries of io_uring's rings: a turn's submissions go in one piece, and the completions of all
  /// checks that run at once have room.
  private static final int SUBMISSIONS = 1_024;

  private static final int COMPLETIONS = 16_384;
  private static final String MULTISHOT_POLL = "io.netty.iouring.pollAddMultishotEnabled";

  static {
    // With it Netty 4.2.18 now and then never tells that a peer has reset or answered: one check in
    // ten against a server that resets after its header hung until its timeout. Must be set before
    // Netty's class is loaded.
    if (System.getProperty(MULTISHOT_POLL) == null) {
      System.setProperty(MULTISHOT_POLL, "false");
    }
  }

  /// Opens the fastest that works.
  ///
  /// @param from the fastest to try
  static Transport open(TransportKind from, int threads, ThreadFactory factory) {
    StringBuilder why = new StringBuilder();
    if (from != TransportKind.IO_URING) {
      why.append(": asked for");
    }
    for (TransportKind kind : TransportKind.values()) {
      if (kind.compareTo(from) < 0) {
        continue;
      }
      Throwable cause = unavailable(kind);
      if (cause == null) {
        try {
          IoEventLoopGroup group =
              new MultiThreadIoEventLoopGroup(threads, factory, handlers(kind));
          return new Transport(kind, "probes run on " + kind.label() + why, group);
        } catch (RuntimeException | LinkageError e) {
          // Permitted on paper, refused in fact: memory locks or a filter on system calls.
          cause = e;
        }
      }
      why.append(why.isEmpty() ? ": " : "; ")
          .append(kind.label())
          .append(" does not work here (")
          .append(rootMessage(cause))
          .append(')');
    }
    throw new IllegalStateException("no transport works" + why);
  }

  @Override
  public SocketChannel tcp() {
    return switch (kind) {
      case IO_URING -> new IoUringSocketChannel();
      case EPOLL -> new EpollSocketChannel();
      case NIO -> new NioSocketChannel();
    };
  }

  @Override
  public DatagramChannel udp() {
    return switch (kind) {
      case IO_URING -> new IoUringDatagramChannel();
      case EPOLL -> new EpollDatagramChannel();
      case NIO -> new NioDatagramChannel();
    };
  }

  @Override
  public Channel unix() {
    return switch (kind) {
      case IO_URING -> new IoUringDomainSocketChannel();
      case EPOLL -> new EpollDomainSocketChannel();
      case NIO -> new NioDomainSocketChannel();
    };
  }

  @Override
  public SocketAddress unixAddress(String path) {
    return kind == TransportKind.NIO
        ? UnixDomainSocketAddress.of(path)
        : new DomainSocketAddress(path);
  }

  Class<? extends DatagramChannel> datagramType() {
    return switch (kind) {
      case IO_URING -> IoUringDatagramChannel.class;
      case EPOLL -> EpollDatagramChannel.class;
      case NIO -> NioDatagramChannel.class;
    };
  }

  Class<? extends SocketChannel> socketType() {
    return switch (kind) {
      case IO_URING -> IoUringSocketChannel.class;
      case EPOLL -> EpollSocketChannel.class;
      case NIO -> NioSocketChannel.class;
    };
  }

  private static @Nullable Throwable unavailable(TransportKind kind) {
    return switch (kind) {
      case IO_URING -> IoUring.isAvailable() ? null : IoUring.unavailabilityCause();
      case EPOLL -> Epoll.isAvailable() ? null : Epoll.unavailabilityCause();
      case NIO -> null;
    };
  }

  private static IoHandlerFactory handlers(TransportKind kind) {
    return switch (kind) {
      case IO_URING ->
          IoUringIoHandler.newFactory(
              new IoUringIoHandlerConfig().setRingSize(SUBMISSIONS).setCqSize(COMPLETIONS));
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
