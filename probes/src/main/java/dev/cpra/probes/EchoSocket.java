package dev.cpra.probes;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteOrder;

/// One unprivileged echo socket of one address family, shared by all pings of it, and the thread
/// that reads what comes back. The kernel gives it an identifier of its own and passes on only what
/// answers to that. Thread-safe.
final class EchoSocket implements AutoCloseable {
  /// Hears of each answer, on the socket's own thread.
  interface Listener {
    /// An answer came.
    ///
    /// @param address who answered, 4 or 16 bytes
    void answered(long token, int sequence, byte[] address, int bytes);
  }

  /// Bytes of a request, its header included.
  static final int REQUEST_BYTES = 24;

  private static final int HEADER_BYTES = 8;
  private static final int BUFFER_BYTES = 512;
  private static final int POLLFD_BYTES = 8;
  private static final ValueLayout.OfShort NET_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NET_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final boolean v6;
  private final int fd;
  private final int event;
  private final Listener listener;
  private final Thread reader;
  private boolean closed;

  private EchoSocket(boolean v6, int fd, int event, Listener listener) {
    this.v6 = v6;
    this.fd = fd;
    this.event = event;
    this.listener = listener;
    this.reader =
        Thread.ofPlatform().daemon().name(v6 ? "cpra-icmp6" : "cpra-icmp").unstarted(this::read);
  }

  /// Opens one.
  ///
  /// @throws Refused with the `errno`
  static EchoSocket open(boolean v6, Listener listener) throws Refused {
    int fd = LinuxSockets.openEcho(v6);
    if (fd < 0) {
      throw new Refused(-fd);
    }
    int event = LinuxSockets.openEvent();
    if (event < 0) {
      LinuxSockets.close(fd);
      throw new Refused(-event);
    }
    EchoSocket socket = new EchoSocket(v6, fd, event, listener);
    socket.reader.start();
    return socket;
  }

  /// The system gives no socket.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    /// Why, as the system numbers it.
    final int errno;

    Refused(int errno) {
      super("errno " + errno);
      this.errno = errno;
    }
  }

  /// Sends an echo request. Does not block.
  ///
  /// @return 0, or the `errno` of what went wrong
  synchronized int send(InetAddress to, long token, int sequence) {
    if (closed) {
      return LinuxSockets.ENOBUFS;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_BYTES);
      request.set(ValueLayout.JAVA_BYTE, 0, (byte) (v6 ? 128 : 8));
      // Checksum and identifier are the kernel's.
      request.set(NET_SHORT, 6, (short) sequence);
      request.set(NET_LONG, HEADER_BYTES, token);
      long sent = LinuxSockets.send(LinuxSockets.state(arena), fd, request, address(arena, to));
      return sent < 0 ? (int) -sent : 0;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    LinuxSockets.wake(event);
    try {
      reader.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return; // the descriptors stay open rather than be closed under the thread
    }
    LinuxSockets.close(fd);
    LinuxSockets.close(event);
  }

  private MemorySegment address(Arena arena, InetAddress to) {
    MemorySegment address = arena.allocate(v6 ? 28 : 16, 4);
    address.set(JAVA_SHORT, 0, (short) (v6 ? LinuxSockets.AF_INET6 : LinuxSockets.AF_INET));
    MemorySegment.copy(to.getAddress(), 0, address, ValueLayout.JAVA_BYTE, v6 ? 8 : 4, v6 ? 16 : 4);
    if (to instanceof Inet6Address six) {
      address.set(JAVA_INT, 24, six.getScopeId());
    }
    return address;
  }

  private void read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = LinuxSockets.state(arena);
      MemorySegment polled = arena.allocate(2 * POLLFD_BYTES, 4);
      watch(polled, 0, fd);
      watch(polled, 1, event);
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
      MemorySegment from = arena.allocate(28, 4);
      MemorySegment fromLength = arena.allocate(JAVA_INT);
      while (!isClosed()) {
        int ready = LinuxSockets.poll(state, polled, 2);
        if (ready < 0 && ready != -LinuxSockets.EINTR) {
          return;
        }
        long got = LinuxSockets.receive(state, fd, buffer, from, fromLength);
        while (got >= 0) {
          answer(buffer, from, (int) got);
          got = LinuxSockets.receive(state, fd, buffer, from, fromLength);
        }
      }
    }
  }

  private static void watch(MemorySegment polled, int index, int descriptor) {
    polled.set(JAVA_INT, (long) index * POLLFD_BYTES, descriptor);
    polled.set(JAVA_SHORT, (long) index * POLLFD_BYTES + 4, (short) LinuxSockets.POLLIN);
  }

  private void answer(MemorySegment buffer, MemorySegment from, int bytes) {
    byte reply = (byte) (v6 ? 129 : 0);
    if (bytes < REQUEST_BYTES || buffer.get(ValueLayout.JAVA_BYTE, 0) != reply) {
      return;
    }
    byte[] address = new byte[v6 ? 16 : 4];
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, v6 ? 8 : 4, address, 0, address.length);
    listener.answered(
        buffer.get(NET_LONG, HEADER_BYTES), buffer.get(NET_SHORT, 6) & 0xFFFF, address, bytes);
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
