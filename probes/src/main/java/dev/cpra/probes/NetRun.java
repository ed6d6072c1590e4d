package dev.cpra.probes;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An execution over one connection at a time: name, connect, TLS, exchange, and further tries at
/// once if it fails. Every try starts from nothing.
abstract class NetRun extends ProbeRun {
  private Reason waitingFor = Reason.TIMEOUT;
  private long phaseStartNanos;
  private int retriesLeft;
  private int attempt;
  private boolean answering;
  private @Nullable Connection connection;

  NetRun(int retries) {
    this.retriesLeft = retries;
  }

  /// Starts a try.
  abstract void attempt() throws Exception;

  /// The connection stands, TLS included: send.
  abstract void ready(Connection connection) throws Exception;

  /// Something was read. It is released after the call.
  abstract void read(Connection connection, Object message) throws Exception;

  /// The connection is closed; the exchange was not over.
  abstract void closed(Connection connection);

  /// Whether HTTP is spoken.
  abstract boolean http();

  /// Days that the server's certificates must still be valid, 0 for any.
  int certificateDays() {
    return 0;
  }

  @Override
  protected final void start() throws Exception {
    attempt();
  }

  @Override
  protected Reason timeoutReason() {
    return waitingFor;
  }

  @Override
  protected final void release() {
    freeBody();
    drop();
  }

  /// Frees what was read, if anything was kept.
  void freeBody() {}

  /// Opens a connection, by name or literally.
  final void open(Endpoint endpoint) {
    forgetTimes();
    InetSocketAddress literal = endpoint.literal();
    if (literal != null || endpoint.unixPath() != null) {
      connect(endpoint, literal);
      return;
    }
    enter(Reason.DNS_TIMEOUT);
    int current = ++attempt;
    Future<InetAddress> answer = loop().names().resolve(endpoint.host());
    answer.addListener((Future<InetAddress> done) -> {
      if (!hasEnded() && attempt == current) {
        resolved(endpoint, done);
      }
    });
  }

  /// Goes on with a kept connection.
  final void reuse(Connection kept) {
    forgetTimes();
    connection = kept;
    kept.use(this);
    proceed(kept);
  }

  /// This try failed: the next one, or the end.
  final void fail(Reason reason, String text) {
    if (hasEnded()) {
      return;
    }
    drop();
    if (retriesLeft > 0 && loop().nanos() < deadlineNanos) {
      retriesLeft--;
      loop().execute(this::again);
    } else {
      end(reason, text);
    }
  }

  final void fail(Reason reason) {
    fail(reason, Failures.text(reason));
  }

  /// Leaves the connection for a later run, if it is still ours.
  final void keepConnection() {
    Connection mine = connection;
    connection = null;
    if (mine != null) {
      mine.keep();
    }
  }

  /// Closes the connection, if any.
  final void drop() {
    attempt++;
    Connection mine = connection;
    connection = null;
    if (mine != null) {
      mine.close();
    }
  }

  /// The exchange is over: closes the connection, if it is still ours.
  final void hangUp() {
    attempt++;
    Connection mine = connection;
    connection = null;
    if (mine != null) {
      mine.hangUp();
    }
  }

  /// A new try later, beside the retries: on the loop, so that tries never nest.
  final void again() {
    if (hasEnded()) {
      return;
    }
    try {
      attempt();
    } catch (Exception e) {
      broken(e);
    }
  }

  // --- what the connection tells

  final void onConnectFailed(Throwable cause) {
    fail(Failures.connect(cause));
  }

  final void onConnected(Connection now) {
    connectNanos = loop().nanos() - phaseStartNanos;
    if (now.endpoint().tls()) {
      enter(Reason.TLS_TIMEOUT);
    } else {
      proceed(now);
    }
  }

  final void onHandshake(Connection now, @Nullable Throwable cause) {
    if (cause != null) {
      fail(Failures.handshake(cause));
      return;
    }
    tlsNanos = loop().nanos() - phaseStartNanos;
    proceed(now);
  }

  /// Something of the answer has come, decrypted if it is within TLS.
  final void onAnswer() {
    if (answering && firstByteNanos == 0) {
      firstByteNanos = loop().nanos() - phaseStartNanos;
    }
  }

  final void onRead(Connection from, Object message) {
    try {
      read(from, message);
    } catch (Exception e) {
      broken(e);
    }
  }

  final void onClosed(Connection which) {
    if (waitingFor == Reason.TLS_TIMEOUT) {
      fail(Reason.TLS, "connection closed during the TLS handshake");
    } else {
      closed(which);
    }
  }

  final void onFailure(Connection which, Throwable cause) {
    if (waitingFor == Reason.TLS_TIMEOUT) {
      fail(Failures.handshake(cause));
      return;
    }
    Reason reason = Failures.exchange(cause);
    if (reason == null) {
      broken(cause);
    } else if (reason == Reason.CLOSED) {
      closed(which);
    } else {
      broke(which, reason);
    }
  }

  /// The exchange broke off. A subclass may know better than to count this as a try.
  void broke(Connection which, Reason reason) {
    fail(reason);
  }

  // ---

  private void resolved(Endpoint endpoint, Future<InetAddress> done) {
    dnsNanos = loop().nanos() - phaseStartNanos;
    if (done.isSuccess()) {
      connect(endpoint, new InetSocketAddress(done.getNow(), endpoint.port()));
    } else {
      fail(Failures.name(done.cause()));
    }
  }

  private void connect(Endpoint endpoint, @Nullable InetSocketAddress address) {
    enter(Reason.CONNECT_TIMEOUT);
    connections++;
    int current = ++attempt;
    Connection opened;
    try {
      opened = loop().connections().open(endpoint, address, http(), this);
    } catch (RuntimeException e) {
      // No socket to be had, say for want of file descriptors.
      fail(Failures.connect(e.getCause() == null ? e : e.getCause()));
      return;
    }
    if (attempt == current) {
      connection = opened;
    } else {
      // It failed before it was known here.
      opened.close();
    }
  }

  private void proceed(Connection now) {
    enter(Reason.TIMEOUT);
    answering = true;
    if (now.endpoint().tls() && !hasValidCertificates(now)) {
      return;
    }
    try {
      ready(now);
    } catch (Exception e) {
      broken(e);
    }
  }

  private boolean hasValidCertificates(Connection now) {
    certificateExpiresSeconds = Certificates.expiresSeconds(now.channel());
    String wrong =
        certificateDays() == 0
            ? null
            : Certificates.wrong(
                certificateExpiresSeconds,
                certificateDays(),
                TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
    if (wrong != null) {
      fail(Reason.CERTIFICATE_EXPIRES, wrong);
    }
    return wrong == null;
  }

  private void forgetTimes() {
    certificateExpiresSeconds = 0;
    answering = false;
    status = 0;
    dnsNanos = 0;
    connectNanos = 0;
    tlsNanos = 0;
    firstByteNanos = 0;
  }

  private void enter(Reason awaited) {
    waitingFor = awaited;
    phaseStartNanos = loop().nanos();
  }
}
