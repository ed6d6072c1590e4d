package dev.cpra.probes;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One execution of an [IcmpProbe]. Its time is shared evenly among its tries, and that of a try
/// among its requests (a second at most between two); the first answer to any of them ends it. A
/// run has a token of its own, so an answer to an earlier check means nothing to it.
final class IcmpRun extends ProbeRun {
  private static final long PAUSE_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Endpoint endpoint;
  private final int count;
  private int triesLeft;
  private int requestsLeft;
  private int sequence;
  private long tryNanos;
  private long tryEndNanos;
  private long lastSentNanos;
  private long token;
  private @Nullable Future<?> timer;
  private Reason waitingFor = Reason.DNS_TIMEOUT;
  // Read by the socket's thread.
  private volatile @Nullable InetAddress target;

  IcmpRun(Endpoint endpoint, int count, int tries) {
    this.endpoint = endpoint;
    this.count = count;
    this.triesLeft = tries;
  }

  @Override
  protected void start() {
    token = loop().pinger().begin(this);
    if (token == 0) {
      end(Reason.NO_ROOM, "too many pings at once");
      return;
    }
    tryNanos = Math.max(1, (deadlineNanos - loop().nanos()) / triesLeft);
    attempt();
  }

  @Override
  protected Reason timeoutReason() {
    return waitingFor;
  }

  @Override
  protected void release() {
    loop().pinger().end(token);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /// Who is asked, once it is known. Any thread.
  @Nullable InetAddress target() {
    return target;
  }

  /// An answer came from the target. On the loop.
  void answered(int which, int bytes) {
    if (hasEnded()) {
      return;
    }
    bytesRead += bytes;
    if (which == (sequence & 0xFFFF)) {
      firstByteNanos = loop().nanos() - lastSentNanos;
    }
    end(Reason.OK, "");
  }

  private void attempt() {
    triesLeft--;
    requestsLeft = count;
    tryEndNanos = loop().nanos() + tryNanos;
    InetSocketAddress literal = endpoint.literal();
    if (literal != null) {
      target = literal.getAddress();
      request();
      return;
    }
    waitingFor = Reason.DNS_TIMEOUT;
    long asked = loop().nanos();
    int before = triesLeft;
    loop()
        .names()
        .resolve(endpoint.host())
        .addListener((Future<InetAddress> done) -> {
          if (hasEnded() || triesLeft != before) {
            return;
          }
          dnsNanos = loop().nanos() - asked;
          if (done.isSuccess()) {
            target = done.getNow();
            request();
          } else {
            failed(Failures.name(done.cause()), null);
          }
        });
    later(tryNanos);
  }

  private void request() {
    waitingFor = Reason.TIMEOUT;
    InetAddress to = target;
    if (to == null) {
      throw new IllegalStateException("no target yet");
    }
    requestsLeft--;
    lastSentNanos = loop().nanos();
    int errno = loop().pinger().send(to, token, ++sequence & 0xFFFF);
    if (errno != 0) {
      refused(errno);
      return;
    }
    bytesWritten += EchoSocket.REQUEST_BYTES;
    long left = tryEndNanos - loop().nanos();
    later(requestsLeft == 0 ? left : Math.min(PAUSE_MAX_NANOS, tryNanos / count));
  }

  private void refused(int errno) {
    switch (errno) {
      case LinuxSockets.EACCES, LinuxSockets.EPERM -> failed(Reason.PERMISSION, Pinger.FORBIDDEN);
      case LinuxSockets.EAFNOSUPPORT -> failed(Reason.LOCAL_LIMIT, "this machine has no IPv6");
      case LinuxSockets.ENETUNREACH, LinuxSockets.EHOSTUNREACH -> failed(Reason.UNREACHABLE, null);
      case LinuxSockets.EAGAIN, LinuxSockets.ENOBUFS -> failed(Reason.LOCAL_LIMIT, null);
      default -> failed(Reason.CONNECT, "the request cannot be sent: error " + errno);
    }
  }

  private void failed(Reason reason, @Nullable String text) {
    if (triesLeft > 0) {
      cancelTimer();
      loop().execute(this::again);
    } else {
      end(reason, text == null ? Failures.text(reason) : text);
    }
  }

  private void again() {
    if (!hasEnded()) {
      attempt();
    }
  }

  /// Looks again after a pause, if anything is left to be done then: the run's own deadline ends
  /// it.
  private void later(long nanos) {
    cancelTimer();
    if (requestsLeft > 0 || triesLeft > 0) {
      timer = loop().eventLoop().schedule(this::next, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
  }

  private void next() {
    timer = null;
    if (hasEnded()) {
      return;
    }
    if (target != null && requestsLeft > 0 && loop().nanos() < tryEndNanos) {
      request();
    } else if (triesLeft > 0) {
      attempt();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
