package dev.cpra.probes;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends echo requests for the pings of all loops and hands each answer to the one that asked. It
/// keeps nothing of a ping that is over. Thread-safe.
final class Pinger implements AutoCloseable, EchoSocket.Listener {
  /// Most pings that wait for an answer at once.
  static final int WAITING_MAX = 65_536;

  /// Said where the system gives no echo socket.
  static final String FORBIDDEN =
      "this process may not send echo requests: its group is not within"
          + " net.ipv4.ping_group_range; allow it with"
          + " sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";

  private static volatile boolean permitted;

  private final Map<Long, IcmpRun> waiting = new ConcurrentHashMap<>();
  // Not to be guessed, and never twice: the step is odd.
  private final AtomicLong tokens = new AtomicLong(new SecureRandom().nextLong());
  private @Nullable EchoSocket v4;
  private @Nullable EchoSocket v6;
  private boolean closed;

  /// Refuses to go on where the system gives no echo socket.
  ///
  /// @throws IllegalArgumentException with the remedy
  static void requirePermitted() {
    if (!permitted) {
      int fd = LinuxSockets.openEcho(false);
      if (fd == -LinuxSockets.EACCES || fd == -LinuxSockets.EPERM) {
        throw new IllegalArgumentException(FORBIDDEN);
      }
      if (fd >= 0) {
        LinuxSockets.close(fd);
        permitted = true;
      }
    }
  }

  /// A token under which a run waits for its answers, 0 if too many wait.
  long begin(IcmpRun run) {
    if (waiting.size() >= WAITING_MAX) {
      return 0;
    }
    long token;
    do {
      token = tokens.addAndGet(0x9E3779B97F4A7C15L);
    } while (token == 0);
    waiting.put(token, run);
    return token;
  }

  void end(long token) {
    waiting.remove(token);
  }

  int waitingCount() {
    return waiting.size();
  }

  /// Sends an echo request. Does not block.
  ///
  /// @return 0, or the `errno` of what went wrong
  int send(InetAddress to, long token, int sequence) {
    try {
      return socket(to instanceof Inet6Address).send(to, token, sequence);
    } catch (EchoSocket.Refused refused) {
      return refused.errno;
    }
  }

  @Override
  public void answered(long token, int sequence, byte[] address, int bytes) {
    IcmpRun run = waiting.get(token);
    InetAddress asked = run == null ? null : run.target();
    if (run != null && asked != null && Arrays.equals(asked.getAddress(), address)) {
      run.loop().execute(() -> run.answered(sequence, bytes));
    }
  }

  @Override
  public void close() {
    EchoSocket four;
    EchoSocket six;
    synchronized (this) {
      closed = true;
      four = v4;
      six = v6;
    }
    if (four != null) {
      four.close();
    }
    if (six != null) {
      six.close();
    }
  }

  private synchronized EchoSocket socket(boolean six) throws EchoSocket.Refused {
    if (closed) {
      throw new EchoSocket.Refused(LinuxSockets.ENOBUFS);
    }
    EchoSocket ready = six ? v6 : v4;
    if (ready == null) {
      ready = EchoSocket.open(six, this);
      if (six) {
        v6 = ready;
      } else {
        v4 = ready;
      }
    }
    return ready;
  }
}
