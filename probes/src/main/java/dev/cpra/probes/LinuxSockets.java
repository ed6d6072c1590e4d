package dev.cpra.probes;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of an echo socket, through the foreign-function interface. Linux only. Each
/// gives a negative number with the `errno` in it where it fails, so callers need no exceptions.
final class LinuxSockets {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int POLLIN = 1;
  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EAFNOSUPPORT = 97;
  static final int ENETUNREACH = 101;
  static final int ENOBUFS = 105;
  static final int EHOSTUNREACH = 113;

  private static final int SOCK_DGRAM = 2;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int NONBLOCK_CLOEXEC = 0x80800;
  private static final int MSG_DONTWAIT = 0x40;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD =
      call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle WRITE =
      call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle POLL =
      call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SENDTO =
      call(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECVFROM =
      call(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));

  private LinuxSockets() {}

  @SuppressWarnings("restricted") // that is what this class is for
  private static MethodHandle call(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  /// Opens an unprivileged, non-blocking echo socket.
  static int openEcho(boolean v6) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int type = SOCK_DGRAM | NONBLOCK_CLOEXEC;
      int got =
          (int)
              SOCKET.invokeExact(
                  state, v6 ? AF_INET6 : AF_INET, type, v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
      return got < 0 ? -errno(state) : got;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Opens what a sleeping [#poll] is woken with.
  static int openEvent() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int got = (int) EVENTFD.invokeExact(state, 0, NONBLOCK_CLOEXEC);
      return got < 0 ? -errno(state) : got;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static void wake(int event) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment one = arena.allocate(JAVA_LONG);
      one.set(JAVA_LONG, 0, 1);
      long _ = (long) WRITE.invokeExact(state, event, one, 8L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) CLOSE.invokeExact(arena.allocate(STATE), fd);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Sleeps until one of the descriptors can be read.
  ///
  /// @param state room for the `errno`, see [#state]
  /// @param descriptors `struct pollfd`s
  static int poll(MemorySegment state, MemorySegment descriptors, long count) {
    try {
      int got = (int) POLL.invokeExact(state, descriptors, count, -1);
      return got < 0 ? -errno(state) : got;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long send(MemorySegment state, int fd, MemorySegment bytes, MemorySegment to) {
    try {
      long got =
          (long)
              SENDTO.invokeExact(
                  state, fd, bytes, bytes.byteSize(), MSG_DONTWAIT, to, (int) to.byteSize());
      return got < 0 ? -errno(state) : got;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// @param from receives the sender's address
  /// @param fromLength an `int`, the room in `from`
  static long receive(
      MemorySegment state,
      int fd,
      MemorySegment into,
      MemorySegment from,
      MemorySegment fromLength) {
    try {
      fromLength.set(JAVA_INT, 0, (int) from.byteSize());
      long got =
          (long)
              RECVFROM.invokeExact(
                  state, fd, into, into.byteSize(), MSG_DONTWAIT, from, fromLength);
      return got < 0 ? -errno(state) : got;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Room for the `errno` of calls.
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a system call could not be made", e);
  }
}
